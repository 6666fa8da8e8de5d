namespace GameImages.Testing.Discord.Http;

/// <summary>The endpoint of a request, and the ids as they are written in its path.</summary>
internal sealed record DiscordRoute(DiscordEndpoint Endpoint, string ChannelId = "", string MessageId = "")
{
    public static DiscordRoute Of(string method, string path)
    {
        if (path.Split('/') is not ["", "api", "v10", .. var rest])
            return new(DiscordEndpoint.None);

        return (method, rest) switch
        {
            ("POST", ["channels", var channel, "messages"]) => new(DiscordEndpoint.CreateMessage, channel),
            ("PATCH", ["channels", var channel, "messages", var message]) => new(DiscordEndpoint.EditMessage, channel, message),
            ("DELETE", ["channels", var channel, "messages", var message]) => new(DiscordEndpoint.DeleteMessage, channel, message),
            ("GET", ["channels", var channel, "messages", var message]) => new(DiscordEndpoint.GetChannelMessage, channel, message),
            ("GET", ["channels", var channel]) => new(DiscordEndpoint.GetChannel, channel),
            ("GET", ["users", "@me"]) => new(DiscordEndpoint.GetCurrentUser),
            _ => new(DiscordEndpoint.None),
        };
    }
}
