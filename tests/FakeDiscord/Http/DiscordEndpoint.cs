namespace GameImages.Testing.Discord.Http;

/// <summary>The endpoints by their names in Discord's documentation.</summary>
public enum DiscordEndpoint
{
    None,
    CreateMessage,
    EditMessage,
    DeleteMessage,
    GetChannelMessage,
    GetChannel,
    GetCurrentUser,
}
