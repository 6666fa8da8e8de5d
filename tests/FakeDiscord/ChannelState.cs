namespace GameImages.Testing.Discord;

/// <summary>How the channel responds to all bots.</summary>
public enum ChannelState
{
    /// <summary>Bots may read and write.</summary>
    Open,

    /// <summary>403, code 50001.</summary>
    MissingAccess,

    /// <summary>403, code 50013.</summary>
    MissingPermissions,

    /// <summary>404, code 10003.</summary>
    Unknown,
}
