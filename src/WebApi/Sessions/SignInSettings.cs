using GameImages.EmbeddedPostgres;
using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Sessions;

/// <summary>The settings below SignIn, and the folder for the keys of sessions.</summary>
/// <param name="ClientId">The application at Discord; null if users cannot sign in with Discord.</param>
/// <param name="KeyFolder">Null if the keys exist only in memory. The sessions then end with the process.</param>
internal sealed record SignInSettings(
    string? ClientId,
    string? ClientSecret,
    string AuthorizationEndpoint,
    string TokenEndpoint,
    string ApiUrl,
    string CdnUrl,
    string? KeyFolder)
{
    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
    public static SignInSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("SignIn");
        section.AllowOnly("ClientId", "ClientSecret", "AuthorizationEndpoint", "TokenEndpoint", "ApiUrl", "CdnUrl");
        var keys = configuration.GetSection("DataProtection");
        keys.AllowOnly("Keys");

        // No message contains the secret.
        var id = section.ReadText("ClientId");
        var secret = section.ReadText("ClientSecret");
        if (id is null != secret is null)
            throw new InvalidSettingException(
                "SignIn:ClientId and SignIn:ClientSecret belong together: one of them is not set. Set both, or neither.");

        return new(
            id,
            secret,
            Url("AuthorizationEndpoint", "https://discord.com/oauth2/authorize"),
            Url("TokenEndpoint", "https://discord.com/api/oauth2/token"),
            Url("ApiUrl", "https://discord.com/api/v10"),
            Url("CdnUrl", "https://cdn.discordapp.com"),
            CreateKeyFolder(keys.ReadText("Keys", environment.IsDevelopment() ? Path.Combine(DataFolder.Default().Path, "keys") : null)));

        string Url(string name, string fallback) => section.Read(
            name, fallback, ParseUrl, "an https URL without a query; http is allowed for this machine only");
    }

    // The service sends tokens and the secret to these URLs.
    private static string? ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { Query: "", Fragment: "", UserInfo: "" }
            ? text.TrimEnd('/')
            : null;

    // A person who can read the keys can create sessions, so only this user may read the folder.
    private static string? CreateKeyFolder(string? path)
    {
        if (path is null)
            return null;

        try
        {
            var folder = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            CheckWritable(folder.FullName);
            return folder.FullName;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidSettingException(
                $"DataProtection:Keys is \"{path}\": it has to be a folder that the service may write. {unusable.Message}");
        }
    }

    // The framework writes the first key only when it needs one. The service has to report an unusable folder at the start.
    private static void CheckWritable(string folder)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
    }
}
