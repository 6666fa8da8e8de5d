using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Testing.Servers;

/// <summary>Starts the published service with the configuration of production.</summary>
internal static class PublishedService
{
    public const long Guild = 42;

    /// <summary>The size of the cache. It is less than a quarter of the size of the images that count as cold.</summary>
    public const int CacheMegabytes = 32;

    private const string Unlimited = "2147483647";

    // The limiter counts every request but refuses none. The windows are short, because it remembers every request of a window.
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
        ("Users:SearchRateLimits:0:Permits", Unlimited),
        ("Users:SearchRateLimits:0:Window", "00:00:01"),
        ("Users:SearchRateLimits:1:Permits", Unlimited),
        ("Users:SearchRateLimits:1:Window", "00:00:01"),
        ("Quotas:GuildMegabytes", Unlimited),
        ("Quotas:GuildImages", Unlimited),
        ("Quotas:GuildGames", Unlimited),
        ("Users:Lists", "1000"),
        ("Users:Searches", "1000"),
    ];

    /// <summary>Starts the service without rate limits, because all requests come from one client.</summary>
    /// <param name="folder">The folder that the service was published to.</param>
    public static ServerProcess Start(string folder, Database database) => StartWithDefaults(folder, database, NoLimits);

    /// <summary>Starts the service with the default limits.</summary>
    /// <param name="folder">The folder that the service was published to.</param>
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

        // The service reads appsettings.json from the folder in which it starts.
        return new(
            "dotnet",
            ["GameImages.WebApi.dll"],
            folder,
            settings.Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)));
    }

    /// <returns>A bearer token of user 7, a member of the guild.</returns>
    public static string Token(Database database) => DevelopmentTokens.Create(database.Folder, "7", [$"{Guild}"], TimeProvider.System);
}
