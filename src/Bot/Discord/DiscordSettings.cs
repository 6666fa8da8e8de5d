using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.Bot.Discord;

/// <summary>What becomes of a game whose message somebody deleted.</summary>
internal enum DeletedMessages
{
    PostAgain,
    LeaveAlone,
}

/// <summary>The settings below Discord, and PublicBaseUrl.</summary>
/// <param name="Token">Of the bot; null for a preview, which sends nothing.</param>
/// <param name="BaseUrl">Of Discord's API; ends with a slash.</param>
/// <param name="PublicBaseUrl">Where Discord reaches this service; null only without a token.</param>
/// <param name="AttachPictures">Sends pictures as files that Discord could not fetch.</param>
/// <param name="Concurrency">How many requests are under way at most.</param>
/// <param name="InvalidRequests">At so many of them in ten minutes, nothing more is sent.</param>
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
    // Discord bans at 10,000.
    private const int MaxInvalidRequests = 9_000;

    // Of a bot as such it takes 50; of very large ones, what they have agreed on.
    private const int MaxRequestsPerSecond = 100_000;

    /// <exception cref="InvalidSettingException">One of them is nonsense.</exception>
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

    /// <summary>Without the token, which must not get into a log.</summary>
    public override string ToString() => $"{nameof(DiscordSettings)} {{ BaseUrl = {BaseUrl}, PublicBaseUrl = {PublicBaseUrl} }}";

    // The value is a secret, so no message shows it.
    private static string? ReadToken(IConfigurationSection setting)
    {
        var token = setting.Value?.Trim();
        if (
            setting.GetChildren().Any()
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
            : configuration.Read(name, fallback, ParsePlain, "an absolute URL with http or https, without user, query and fragment");
    }

    private static Uri? ParseApi(string text) =>
        ParsePlain(text) is { } url && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback)
            ? new UriBuilder(url) { Path = $"{url.AbsolutePath.TrimEnd('/')}/" }.Uri
            : null;

    private static Uri? ParsePlain(string text) =>
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
