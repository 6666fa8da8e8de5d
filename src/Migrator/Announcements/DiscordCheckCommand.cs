using System.CommandLine;
using GameImages.Operations.Announcements;

namespace GameImages.Migrator.Announcements;

/// <summary>gameimages discord-check: why the announcement of a game shows no images, or does not exist.</summary>
internal static class DiscordCheckCommand
{
    private const string Setting = "PublicBaseUrl";

    private static readonly Argument<Guid> Game = GameArgument.Create();
    private static readonly Option<string?> Address = new("--public-base-url")
    {
        Description = $"The address at which Discord reaches the service. By default, the setting {Setting}.",
        HelpName = "URL",
    };
    private static readonly Option<int> Burst = NumberOption.Create(
        "--burst", "How many announcements at once have to fit into the limits of the public route.", defaultValue: 20, min: 1);

    private static readonly Option<TimeSpan> Timeout = new("--timeout")
    {
        Description = "How long a response may take: a number with s, m or h.",
        HelpName = "time",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
        CustomParser = Duration.Parse,
    };

    public static Command Create()
    {
        var command = new Command(
            "discord-check",
            "Fetches the images of a game as Discord does, and finds out why an announcement does not show them. It changes nothing.")
        {
            Game,
            Address,
            Burst,
            Timeout,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var url = Url(parsed.GetValue(Address) ?? Environment.GetEnvironmentVariable(Setting));
        var timeout = parsed.GetValue(Timeout);
        if (timeout <= TimeSpan.Zero || timeout > TimeSpan.FromHours(1))
            throw new UsageException("--timeout takes a time from 1s to 1h.");

        var limits = RequestLimits.Read();
        await using var database = await Database.OpenAsync(ct);
        var check = new DiscordCheck(database.Operators, url, timeout, TimeProvider.System);
        var findings = await check.RunAsync(parsed.GetRequiredValue(Game), limits, parsed.GetValue(Burst), ct);
        return Findings.Print(findings, Output.Of(parsed));
    }

    private static Uri Url(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new UsageException(
                $"Set {Setting}, or --public-base-url, to the address at which Discord reaches the service, "
                + "such as https://games.example.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "" }
            ? url
            : throw new UsageException(
                $"\"{text}\" is not an address that Discord can fetch from. It has to be absolute, such as https://games.example, "
                + "and may have a path.");
    }
}
