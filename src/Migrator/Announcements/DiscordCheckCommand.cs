using System.CommandLine;
using GameImages.Operations.Announcements;

namespace GameImages.Migrator.Announcements;

/// <summary>gameimages discord-check: why a game's announcement shows no pictures, or is not there.</summary>
internal static class DiscordCheckCommand
{
    private const string Setting = "PublicBaseUrl";

    public static Command Create()
    {
        var game = GameArgument.Create();
        var address = new Option<string?>("--public-base-url")
        {
            Description = $"Where Discord reaches the service; the setting {Setting} unless given.",
            HelpName = "URL",
        };
        var burst = new Option<int>("--burst")
        {
            Description = "How many announcements at once are to fit into the limits of the public route.",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        var timeout = new Option<TimeSpan>("--timeout")
        {
            Description = "How long an answer may take: a number with s, m or h.",
            HelpName = "time",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
            CustomParser = Duration.Parse,
        };
        var command = new Command(
            "discord-check",
            "Fetches a game's pictures as Discord does, and says why an announcement shows none. It changes nothing.")
        {
            game,
            address,
            burst,
            timeout,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var url = Url(parsed.GetValue(address) ?? Environment.GetEnvironmentVariable(Setting));
                var announcements = parsed.GetValue(burst) is var n and > 0
                    ? n
                    : throw new UsageException("--burst takes a positive number.");
                var patience =
                    parsed.GetValue(timeout) is var time && time > TimeSpan.Zero && time <= TimeSpan.FromHours(1)
                        ? time
                        : throw new UsageException("--timeout takes a time from 1s to 1h.");
                var limits = RequestLimits.Read();

                await using var database = await Database.OpenAsync(ct);
                var check = new DiscordCheck(database.Operators, url, patience, TimeProvider.System);
                return Findings.Show(await check.RunAsync(parsed.GetRequiredValue(game), limits, announcements, ct), Output.Of(parsed));
            });
        return command;
    }

    private static Uri Url(string? text) =>
        text switch
        {
            null or "" => throw new UsageException(
                $"Set {Setting}, or --public-base-url, to where Discord reaches the service, such as https://games.example."
            ),
            _ when Uri.TryCreate(text, UriKind.Absolute, out var url)
                    && url is { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" } => url,
            _ => throw new UsageException(
                $"\"{text}\" is no address that Discord can fetch from: it has to be absolute, such as https://games.example, and may have a path."
            ),
        };
}
