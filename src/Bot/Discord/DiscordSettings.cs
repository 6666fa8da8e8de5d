using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.Bot.Discord;

/// <summary>What the bot does after a Discord user deleted the message of a game.</summary>
internal enum DeletedMessages
{
    /// <summary>It posts a new message.</summary>
    PostAgain,

    /// <summary>It posts no message about the game any more.</summary>
    LeaveAlone,
}

/// <summary>The settings of the section Discord, and the setting PublicBaseUrl.</summary>
/// <param name="Token">The bot's token; null for a preview, which sends nothing.</param>
/// <param name="BaseUrl">The URL of Discord's API, with a slash at the end.</param>
/// <param name="PublicBaseUrl">The URL at which Discord reaches the service; null only without a token.</param>
/// <param name="AttachPictures">Whether the bot attaches the images that Discord could not fetch.</param>
/// <param name="Concurrency">The largest number of deliveries at a time.</param>
/// <param name="InvalidRequests">The number of invalid requests in ten minutes at which the bot stops sending.</param>
internal sealed record DiscordSettings(
    string? Token,
    Uri BaseUrl,
    Uri? PublicBaseUrl,
    DeletedMessages DeletedMessages,
    bool AttachPictures,
    int Concurrency,
    int RequestsPerSecond,
    int InvalidRequests)
{
    // Discord bans the IP address at 10,000.
    private const int MaxInvalidRequests = 9_000;

    // Discord accepts 50 requests per second from a bot, and more only from very large bots by agreement.
    private const int MaxRequestsPerSecond = 100_000;

    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static DiscordSettings Read(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection("Discord");
        section.AllowOnly("Token", "BaseUrl", "DeletedMessages", "AttachPictures", "Concurrency", "RequestsPerSecond", "InvalidRequests");

        var token = ReadToken(section.GetSection("Token"));
        return new(
            token,
            section.Read(
                "BaseUrl",
                "https://discord.com/api/v10",
                ParseApi,
                "an absolute URL with https, or with http on this machine, without user, query and fragment"),
            ReadPublicBaseUrl(configuration, isDevelopment, isRequired: token is not null),
            section.Read("DeletedMessages", nameof(DeletedMessages.PostAgain), ParseDeletedMessages, "PostAgain or LeaveAlone"),
            section.ReadSwitch("AttachPictures", fallback: true),
            section.ReadNumber("Concurrency", 8, 1, 64),
            section.ReadNumber("RequestsPerSecond", 45, 1, MaxRequestsPerSecond),
            section.ReadNumber("InvalidRequests", 5000, 1, MaxInvalidRequests));
    }

    /// <summary>Leaves the token out, because it must not appear in a log.</summary>
    public override string ToString() => $"{nameof(DiscordSettings)} {{ BaseUrl = {BaseUrl}, PublicBaseUrl = {PublicBaseUrl} }}";

    // The token is a secret, so the message does not show it.
    private static string? ReadToken(IConfigurationSection setting)
    {
        var token = setting.Value?.Trim();
        if (setting.GetChildren().Any()
            || token?.All(letter => letter is > ' ' and <= '~') == false
            || token?.StartsWith("Bot ", StringComparison.OrdinalIgnoreCase) == true)
            throw new InvalidSettingException(
                $"{setting.Path} has to be the token alone: printable ASCII without spaces, and without \"Bot \" before it.");

        return string.IsNullOrEmpty(token) ? null : token;
    }

    private static Uri? ReadPublicBaseUrl(IConfiguration configuration, bool isDevelopment, bool isRequired)
    {
        const string name = "PublicBaseUrl";
        var fallback = isDevelopment ? "http://127.0.0.1:8080" : null;
        return !isRequired && fallback is null && configuration[name] is null
            ? null
            : configuration.Read(name, fallback, ParseUrl, "an absolute URL with http or https, without user, query and fragment");
    }

    private static Uri? ParseApi(string text) =>
        ParseUrl(text) is { } url && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)
            ? new UriBuilder(url) { Path = $"{url.AbsolutePath.TrimEnd('/')}/" }.Uri
            : null;

    private static Uri? ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0
        && !text.AsSpan().ContainsAny('?', '#')
            ? url
            : null;

    private static DeletedMessages? ParseDeletedMessages(string text) =>
        Enum.GetNames<DeletedMessages>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<DeletedMessages>(text, ignoreCase: true)
            : null;
}
