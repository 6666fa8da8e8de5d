using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Announcements;

/// <summary>gameimages discord-check of a game with two images, and of a site with wrong responses.</summary>
public sealed class DiscordCheckTests : DatabaseTests
{
    private static readonly ImageContent Thumbnail = Pictures.Content(1);
    private static readonly ImageContent Banner = ImageContent.Read(Pictures.Gif(2), new());

    private GameResponse game = null!;

    [SetUp]
    public async Task Create_a_game()
    {
        game = await UseCases.CreateGameAsync(Thumbnail, Banner);
    }

    [Test]
    public async Task With_right_responses_only_the_loopback_address_is_a_problem()
    {
        await using var site = Site();
        var (exitCode, findings) = await CheckAsync($"{site.Address}/nights/");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            Of(findings, "thumbnail").Single().Found,
            Does.StartWith(
                $"{site.Address}/nights/api/v1/public/images/{game.ThumbnailId}.png: {Thumbnail.Bytes.Length} bytes of image/png in "));
        Assert.That(Of(findings, "banner").Single().Health, Is.EqualTo("ok"));
        Assert.That(
            findings.Where(finding => finding.Health == "problem").Select(finding => finding.Found),
            Is.EqualTo(new[] { "127.0.0.1 is 127.0.0.1 (loopback), which Discord cannot reach" }));
        Assert.That(findings, Has.Some.Property("Found").EqualTo($"{site.Address} is not https"));

        Assert.That(
            site.Requests.Select(request => request.Split('\n')[0]),
            Is.EqualTo(
                new[]
                {
                    $"GET /nights/api/v1/public/images/{game.ThumbnailId}.png HTTP/1.1",
                    $"GET /nights/api/v1/public/images/{game.BannerImageId}.gif HTTP/1.1",
                }));
        Assert.That(
            site.Requests,
            Has.All.Contain("User-Agent: Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)\n")
                .And.All.Not.Contains("Cookie"));
    }

    [Test]
    public async Task A_channel_of_another_guild_is_a_problem()
    {
        await Database.ExecuteAsync("INSERT INTO guild_channels VALUES (5, 43)");
        await using var site = Site();
        var (_, findings) = await CheckAsync(site.Address);

        Assert.That(
            Of(findings, "announcement").Select(finding => finding.Found),
            Has.One.EqualTo("its channel 5 belongs to guild 43, not to its guild 42"));
    }

    [TestCase("200 OK", "png", "Content-Type: text/html", "Content-Type is text/html instead of image/png", "change the header")]
    [TestCase("200 OK", "png", "X-Nothing: 1", "Content-Type is missing instead of image/png", "change the header")]
    [TestCase(
        "302 Found",
        "",
        "Location: https://elsewhere.example/",
        "302, a redirect to https://elsewhere.example/",
        "Set PublicBaseUrl")]
    [TestCase(
        "404 Not Found",
        "",
        "Content-Type: text/html",
        "404: no such image",
        "PublicBaseUrl leads to the service of this database")]
    [TestCase("403 Forbidden", "", "Content-Type: text/html", "403: the image is not public", "with any User-Agent")]
    [TestCase("503 Service Unavailable", "", "Retry-After: 5", "503 instead of 200", "The logs")]
    [TestCase(
        "429 Too Many Requests",
        "",
        "X-RateLimit-Limit: 60\r\nRetry-After: 17",
        "429: the service's own limit of 60 requests is used up for this address, for the next 17 s",
        "Try again later")]
    [TestCase(
        "429 Too Many Requests",
        "",
        "Retry-After: 17",
        "429: a limit that is not the service's own is used up, for the next 17 s",
        "proxy or CDN")]
    public async Task A_response_that_Discord_cannot_show_is_a_problem(
        string status,
        string body,
        string header,
        string found,
        string toDo)
    {
        await using var site = new FakeSite(_ => FakeSite.Answer(status, body == "png" ? Thumbnail.Bytes : default, header));
        var finding = Of((await CheckAsync(site.Address)).Findings, "thumbnail").Single();

        Assert.That(
            (finding.Health, finding.Found),
            Is.EqualTo(("problem", $"{site.Address}/api/v1/public/images/{game.ThumbnailId}.png: {found}")));
        Assert.That(finding.ToDo, Does.Contain(toDo));
    }

    [Test]
    public async Task Bytes_that_are_another_image_or_not_an_image_are_problems()
    {
        await using var site = new FakeSite(path =>
            FakeSite.Answer(
                "200 OK",
                path.EndsWith(".png", StringComparison.Ordinal) ? Pictures.Content(3).Bytes : "<html>"u8.ToArray(),
                $"Content-Type: image/{path[^3..]}"));
        var (_, findings) = await CheckAsync(site.Address);

        Assert.That(
            Of(findings, "thumbnail").Single().Found,
            Does.EndWith($"{Pictures.Content(3).Bytes.Length} bytes that are not the {Thumbnail.Bytes.Length} of the database"));
        Assert.That(
            Of(findings, "banner").Select(finding => finding.Found),
            Has.Some.EndsWith("the bytes are none of PNG, JPEG, GIF and WebP instead of image/gif")
                .And.Some.EndsWith($"6 bytes that are not the {Banner.Bytes.Length} of the database"));
    }

    [Test]
    public async Task A_site_that_does_not_respond_is_a_problem_after_the_timeout()
    {
        await using var site = new FakeSite(_ => null);
        var (_, findings) = await CheckAsync(site.Address, "--timeout", "1s");

        Assert.That(Of(findings, "thumbnail").Single().Found, Does.EndWith("no complete response within 1 s"));
    }

    [Test]
    public async Task A_response_that_is_cut_off_and_a_closed_port_are_problems()
    {
        string address;
        await using (var site = new FakeSite(_ => FakeSite.Answer("200 OK", Thumbnail.Bytes)[..^1]))
        {
            address = site.Address;
            Assert.That(Of((await CheckAsync(address)).Findings, "thumbnail").Single().Found, Does.Contain("cannot be fetched: "));
        }

        Assert.That(
            Of((await CheckAsync(address)).Findings, "thumbnail").Single().Found,
            Does.Contain("cannot be fetched: Connection refused"));
    }

    [Test]
    public async Task An_untrusted_certificate_is_named()
    {
        await using var site = new FakeSite(_ => null, isHttps: true);
        var finding = Of((await CheckAsync(site.Address)).Findings, "thumbnail").Single();

        Assert.That(finding.Found, Does.Contain("TLS fails: ").And.Contain("UntrustedRoot"));
        Assert.That(finding.ToDo, Does.Contain("certificate"));
    }

    [Test]
    public async Task A_private_name_that_cannot_be_resolved_is_two_problems()
    {
        var (_, findings) = await CheckAsync("https://games.internal", "--timeout", "5s");

        Assert.That(
            Of(findings, "address").Select(finding => finding.Found),
            Has.Some.EqualTo("games.internal is a name of a private network").And.Some.StartsWith("games.internal cannot be resolved: "));
    }

    [Test]
    public async Task An_image_in_quarantine_is_not_fetched()
    {
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now() WHERE id = @ThumbnailId", new { game.ThumbnailId });
        await using var site = Site();
        var (_, findings) = await CheckAsync(site.Address);

        Assert.That(Of(findings, "thumbnail").Single().Found, Does.StartWith($"{game.ThumbnailId} is in quarantine since "));
        Assert.That(site.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_fetched_for_a_game_without_images()
    {
        var plain = await UseCases.CreateGameAsync();
        var (exitCode, output, error) = await CommandLine.RunAsync(Environment("http://127.0.0.1:1"), "discord-check", $"{plain.Id}");

        Assert.That((exitCode, error), Is.EqualTo((0, "")), output);
        Assert.That(
            output,
            Does.Match("(?m)^ok +images +the game has none *$")
                .And.Match("warning +announcement +waiting since ")
                .And.EndWith("\n\n0 problems, 3 warnings."));
    }

    [TestCase("DELETE FROM outbox", "warning", "it has no message, and no change waits")]
    [TestCase("UPDATE outbox SET attempts = 2, reason = '503'", "warning", "waiting since *, attempt 3 from *: 503")]
    [TestCase("UPDATE outbox SET parked_at = now(), reason = 'Missing Access'", "problem", "parked since *: Missing Access")]
    [TestCase(
        "DELETE FROM outbox; INSERT INTO announcements (game_id, channel_id, message_id) SELECT id, 5, 1000 FROM game_sessions",
        "ok",
        "message 1000 in channel 5: https://discord.com/channels/42/5/1000"
    )]
    [TestCase(
        "DELETE FROM outbox; INSERT INTO announcements (game_id, is_left_alone) SELECT id, true FROM game_sessions",
        "warning",
        "its message was deleted on Discord, and the bot does not post it again")]
    [TestCase(
        "INSERT INTO announcements (game_id, channel_id, message_id, image_failures) SELECT id, 5, 1000, 3 FROM game_sessions",
        "warning",
        "Discord could not show the images 3 times in a row")]
    public async Task The_message_is_printed_or_the_reason_why_there_is_none(string state, string health, string found)
    {
        await Database.ExecuteAsync(state);
        await using var site = Site();
        var announcement = Of((await CheckAsync(site.Address)).Findings, "announcement");

        Assert.That(
            announcement.Where(finding => finding.Health == health).Select(finding => finding.Found),
            Has.Some.Match($"^{System.Text.RegularExpressions.Regex.Escape(found).Replace(@"\*", ".+")}$"));
    }

    [Test]
    public async Task The_burst_check_names_the_setting_to_change()
    {
        await using var site = Site();
        var environment = Environment(site.Address);
        environment["PublicImages__RateLimits__1__Permits"] = "250";
        environment["PublicImages__RateLimits__2__Permits"] = "90";
        environment["PublicImages__RateLimits__2__Window"] = "01:00:00";
        var (_, output, _) = await CommandLine.RunAsync(environment, "discord-check", $"{game.Id}", "--burst", "25", "--json");

        Assert.That(
            Of(Findings(output), "burst"),
            Is.EqualTo(
                new Line[]
                {
                    new("burst", "ok", "25 announcements x 2 images x 5 fetches by Discord = 250 requests at once", null),
                    new(
                        "burst",
                        "warning",
                        "60 requests in 00:01:00 are enough for 6 announcements",
                        "For 25 announcements, set PublicImages__RateLimits__0__Permits=250 for the service."),
                    new("burst", "ok", "250 requests in 00:05:00 are enough for 25 announcements", null),
                    new(
                        "burst",
                        "warning",
                        "90 requests in 01:00:00 are enough for 9 announcements",
                        "For 25 announcements, set PublicImages__RateLimits__2__Permits=250 for the service."),
                    new(
                        "burst",
                        "warning",
                        "the service reports a limit of 70 requests, which this command does not know; "
                        + "they are enough for 7 announcements",
                        "Run this command with the PublicImages__RateLimits settings of the service."),
                }));
    }

    [TestCase("", "PublicBaseUrl")]
    [TestCase("/images", "absolute")]
    [TestCase("ftp://games.example", "absolute")]
    [TestCase("https://games.example?a=b", "path")]
    [TestCase("http://127.0.0.1:1", "--burst", "--burst", "0")]
    [TestCase("http://127.0.0.1:1", "--timeout", "--timeout", "0s")]
    public async Task A_wrong_command_line_returns_2_with_one_line(string address, string about, params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(Environment(address), ["discord-check", $"{game.Id}", .. arguments]);

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((2, "", 1)), error);
        Assert.That(error, Does.StartWith("gameimages: ").And.Contain(about));
    }

    [Test]
    public async Task An_unknown_game_returns_2_with_one_line() => Assert.That(
        await CommandLine.RunAsync(Environment("http://127.0.0.1:1"), "discord-check", "7f0e1de4-3c1b-4f2c-9a0e-0123456789ab"),
        Is.EqualTo((2, "", "gameimages: There is no game 7f0e1de4-3c1b-4f2c-9a0e-0123456789ab.")));

    [Test]
    public async Task An_invalid_setting_returns_2_and_is_named()
    {
        var environment = Environment("http://127.0.0.1:1");
        environment["PublicImages__RateLimits__0__Window"] = "60";

        Assert.That(
            await CommandLine.RunAsync(environment, "discord-check", $"{game.Id}"),
            Is.EqualTo((2, "", "gameimages: PublicImages__RateLimits__0__Window is \"60\": it has to be a time like 00:01:00.")));
    }

    // Responds like the service, with a limit that the settings do not have.
    private static FakeSite Site() =>
        new(path =>
            FakeSite.Answer(
                "200 OK",
                path.EndsWith(".png", StringComparison.Ordinal) ? Thumbnail.Bytes : Banner.Bytes,
                $"Content-Type: image/{path[^3..]}",
                "X-RateLimit-Limit: 70"));

    private static List<Line> Of(IEnumerable<Line> findings, string check) => [.. findings.Where(finding => finding.Check == check)];

    private static List<Line> Findings(string json) =>
        [
            .. JsonDocument
                .Parse(json)
                .RootElement.GetProperty("checks")
                .EnumerateArray()
                .Select(check => new Line(
                    check.GetProperty("check").GetString()!,
                    check.GetProperty("health").GetString()!,
                    check.GetProperty("found").GetString()!,
                    check.TryGetProperty("to_do", out var toDo) ? toDo.GetString() : null)),
        ];

    private Dictionary<string, string> Environment(string address) =>
        new(CommandLine.Environment(Database)) { ["PublicBaseUrl"] = address };

    private async Task<(int ExitCode, List<Line> Findings)> CheckAsync(string address, params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            Database,
            ["discord-check", $"{game.Id}", "--public-base-url", address, "--json", .. arguments]);
        Assert.That(error, Is.Empty);
        return (exitCode, Findings(output));
    }

    private sealed record Line(string Check, string Health, string Found, string? ToDo);
}
