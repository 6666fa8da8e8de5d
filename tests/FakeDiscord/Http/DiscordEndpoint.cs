namespace GameImages.Testing.Discord.Http;

/// <summary>The supported endpoints, named as in Discord's documentation.</summary>
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
