using GameImages.EmbeddedPostgres;

namespace GameImages.WebApi;

/// <summary>What to do next, for somebody who has just started the service on its embedded server.</summary>
internal static class Welcome
{
    public static void WelcomeWhenStarted(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            // One that can be called, also when it listens everywhere.
            var url = app
                .Urls.First()
                .Replace("//[::]", "//localhost")
                .Replace("//0.0.0.0", "//localhost")
                .Replace("//*", "//localhost")
                .Replace("//+", "//localhost")
                .TrimEnd('/');
            var token = DevelopmentTokens.Create(DataFolder.Default(), "7", ["42"], TimeProvider.System);

            Console.WriteLine(
                $"""

                GameImages listens on {url}; its API is described on {url}/docs.
                In another terminal, with a picture of yours:

                  TOKEN={token}
                  curl -H "Authorization: Bearer $TOKEN" {url}/api/v1/games \
                    -F guild_id=42 -F channel_id=5 -F title='Dune: Imperium' -F scheduled_at=2027-02-07T19:30:00Z -F thumbnail=@picture.jpg

                Ctrl-C stops it and its database.
                """);
        });
}
