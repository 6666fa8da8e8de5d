using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Sessions;

/// <summary>The settings below SignIn, and where the keys of sessions are kept.</summary>
/// <param name="ClientId">The application at Discord; null when nobody can sign in there.</param>
/// <param name="KeyFolder">Null when the keys, and with them the sessions, end with the process.</param>
internal sealed record SignInSettings(
    string? ClientId,
    string? ClientSecret,
    string AuthorizationEndpoint,
    string TokenEndpoint,
    string ApiUrl,
    string CdnUrl,
    string? KeyFolder)
{
    /// <exception cref="InvalidSettingException">One of them is nonsense.</exception>
    public static SignInSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("SignIn");
        section.AllowOnly("ClientId", "ClientSecret", "AuthorizationEndpoint", "TokenEndpoint", "ApiUrl", "CdnUrl");
        configuration.GetSection("DataProtection").AllowOnly("Keys");

        // The secret stands in no message.
        var (id, secret) = (section["ClientId"], section["ClientSecret"]);
        if (string.IsNullOrWhiteSpace(id) != string.IsNullOrWhiteSpace(secret))
            throw new InvalidSettingException("SignIn:ClientId and SignIn:ClientSecret belong together: one of them is not set.");

        return new(
            string.IsNullOrWhiteSpace(id) ? null : id,
            secret,
            Url("AuthorizationEndpoint", "https://discord.com/oauth2/authorize"),
            Url("TokenEndpoint", "https://discord.com/api/oauth2/token"),
            Url("ApiUrl", "https://discord.com/api/v10"),
            Url("CdnUrl", "https://cdn.discordapp.com"),
            CreateKeyFolder(
                configuration["DataProtection:Keys"]
                    ?? (environment.IsDevelopment() ? Path.Combine(DataFolder.Default().Path, "keys") : null)));

        string Url(string name, string fallback)
        {
            section.Read(
                name,
                fallback,
                text => IsUrl(text) ? true : (bool?)null,
                "an https URL without a query; http only of this machine");
            return (section[name] ?? fallback).TrimEnd('/');
        }
    }

    // Tokens and the secret go there.
    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { Query: "", Fragment: "", UserInfo: "" };

    // Who reads the keys can make sessions.
    private static string? CreateKeyFolder(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return null;

        try
        {
            var folder = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            // The first key is written when it is needed, which is too late to find out.
            new FileStream(
                Path.Combine(folder.FullName, Path.GetRandomFileName()),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose).Dispose();
            return folder.FullName;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidSettingException(
                $"DataProtection:Keys is \"{path}\": it has to be a folder that the service may write. {unusable.Message}");
        }
    }
}
