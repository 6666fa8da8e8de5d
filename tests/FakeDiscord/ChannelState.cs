namespace GameImages.Testing.Discord;

/// <summary>What a channel is to the bots.</summary>
public enum ChannelState
{
    Open,

    /// <summary>403, code 50001.</summary>
    MissingAccess,

    /// <summary>403, code 50013.</summary>
    MissingPermissions,

    /// <summary>404, code 10003.</summary>
    Unknown,
}
