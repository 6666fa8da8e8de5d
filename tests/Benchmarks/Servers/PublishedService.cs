using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;

namespace GameImages.Benchmarks.Servers;

/// <summary>The published service as in production, but for limits that one client can keep.</summary>
internal static class PublishedService
{
    public const long Guild = 42;

    /// <summary>Less than a quarter of the pictures that count as cold.</summary>
    public const int CacheMegabytes = 32;

    private const string Unlimited = "2147483647";

    /// <param name="folder">Where the service was published to.</param>
    public static ServerProcess Start(string folder, Database database)
    {
        var settings = new Dictionary<string, string?>(DevelopmentTokens.BearerSettings(database.Folder))
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings:GameImages"] = database.ConnectionString(Roles.App),
            ["ConnectionStrings:PublicImages"] = database.ConnectionString(Roles.Public),
            ["PublicImages:CacheMegabytes"] = $"{CacheMegabytes}",
            // Of short windows, because the limiter remembers every request of one: it counts as ever, and refuses nothing.
            ["PublicImages:RateLimits:0:Permits"] = Unlimited,
            ["PublicImages:RateLimits:0:Window"] = "00:00:01",
            ["PublicImages:RateLimits:1:Permits"] = Unlimited,
            ["PublicImages:RateLimits:1:Window"] = "00:00:01",
        };

        // Its content root, with its appsettings.json, is the folder that it starts in.
        return new("dotnet", ["GameImages.WebApi.dll"], folder, settings.Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)));
    }

    /// <returns>A bearer token of user 7, a member of the guild.</returns>
    public static string Token(Database database) => DevelopmentTokens.Create(database.Folder, "7", [$"{Guild}"], TimeProvider.System);
}
