namespace GameImages.Testing.Discord.Http;

/// <summary>Which endpoint a request means, and the ids as its path spells them.</summary>
internal sealed record DiscordRoute(DiscordEndpoint Endpoint, string ChannelId = "", string MessageId = "")
{
    public static DiscordRoute Of(string method, string path) =>
        (method, path.Split('/')) switch
        {
            ("POST", ["", "api", "v10", "channels", var channel, "messages"]) => new(DiscordEndpoint.CreateMessage, channel),
            ("PATCH", ["", "api", "v10", "channels", var channel, "messages", var message]) => new(
                DiscordEndpoint.EditMessage,
                channel,
                message),
            ("DELETE", ["", "api", "v10", "channels", var channel, "messages", var message]) => new(
                DiscordEndpoint.DeleteMessage,
                channel,
                message),
            ("GET", ["", "api", "v10", "channels", var channel, "messages", var message]) => new(
                DiscordEndpoint.GetChannelMessage,
                channel,
                message),
            ("GET", ["", "api", "v10", "channels", var channel]) => new(DiscordEndpoint.GetChannel, channel),
            ("GET", ["", "api", "v10", "users", "@me"]) => new(DiscordEndpoint.GetCurrentUser),
            _ => new(DiscordEndpoint.None),
        };
}
