using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Benchmarks.Servers;

/// <summary>The published service, set up as in production.</summary>
internal static class PublishedService
{
    public const long Guild = 42;

    /// <summary>Less than a quarter of the pictures that count as cold.</summary>
    public const int CacheMegabytes = 32;

    private const string Unlimited = "2147483647";

    // Of short windows, because the limiter remembers every request of one: it counts as ever, and refuses nothing.
    private static readonly (string Key, string Value)[] NoLimits =
    [
        ("PublicImages:CacheMegabytes", $"{CacheMegabytes}"),
        ("PublicImages:RateLimits:0:Permits", Unlimited),
        ("PublicImages:RateLimits:0:Window", "00:00:01"),
        ("PublicImages:RateLimits:1:Permits", Unlimited),
        ("PublicImages:RateLimits:1:Window", "00:00:01"),
        ("Users:RateLimits:0:Permits", Unlimited),
        ("Users:RateLimits:0:Window", "00:00:01"),
        ("Users:RateLimits:1:Permits", Unlimited),
        ("Users:RateLimits:1:Window", "00:00:01"),
        ("Users:Lists", "1000"),
        ("Users:Searches", "1000"),
    ];

    /// <summary>Without the limits that one client would meet.</summary>
    /// <param name="folder">Where the service was published to.</param>
    public static ServerProcess Start(string folder, Database database) => StartWithDefaults(folder, database, NoLimits);

    /// <summary>With the limits that a service has by default.</summary>
    /// <param name="folder">Where the service was published to.</param>
    /// <param name="changed">Settings that differ from the defaults.</param>
    public static ServerProcess StartWithDefaults(string folder, Database database, params (string Key, string Value)[] changed)
    {
        var settings = new Dictionary<string, string?>(DevelopmentTokens.BearerSettings(database.Folder))
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings:GameImages"] = database.ConnectionString(Roles.App),
            ["ConnectionStrings:PublicImages"] = database.ConnectionString(Roles.Public),
        };
        foreach (var (key, value) in changed)
            settings[key] = value;

        // Its content root, with its appsettings.json, is the folder that it starts in.
        return new(
            "dotnet",
            ["GameImages.WebApi.dll"],
            folder,
            settings.Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)));
    }

    /// <returns>A bearer token of user 7, a member of the guild.</returns>
    public static string Token(Database database) => DevelopmentTokens.Create(database.Folder, "7", [$"{Guild}"], TimeProvider.System);
}
