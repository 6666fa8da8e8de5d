using GameImages.EmbeddedPostgres;

namespace GameImages.WebApi;

/// <summary>Tells a developer who has just started the service on its embedded server how to call it.</summary>
internal static class GettingStartedMessage
{
    public static void PrintGettingStartedMessage(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            // A client cannot connect to the address that stands for all interfaces.
            var url = app.Urls.First()
                .Replace("//[::]", "//localhost")
                .Replace("//0.0.0.0", "//localhost")
                .Replace("//*", "//localhost")
                .Replace("//+", "//localhost")
                .TrimEnd('/');
            var token = DevelopmentTokens.Create(DataFolder.Default(), "7", ["42"], TimeProvider.System);

            Console.WriteLine(
                $"""

                GameImages listens on {url}. Its API is described at {url}/docs.
                To create a game with an image of your own, run in another terminal:

                  TOKEN={token}
                  curl -H "Authorization: Bearer $TOKEN" {url}/api/v1/games \
                    -F guild_id=42 -F channel_id=5 -F title='Dune: Imperium' -F scheduled_at=2027-02-07T19:30:00Z -F thumbnail=@image.jpg

                Ctrl-C stops the service and its database.
                """);
        });
}
