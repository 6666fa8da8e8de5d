using System.Diagnostics;
using System.Net;
using System.Text.Json;
using GameImages.Testing;
using GameImages.Testing.Fuzzing;
using GameImages.Testing.Images;
using GameImages.WebApi.Tests.Sessions;
using Npgsql;

namespace GameImages.WebApi.Tests.OpenApi;

/// <summary>
/// Sends valid and invalid requests for every operation of the document to a running service. Each response has to be described: its
/// status, its headers, its type and its body. Each described status has to occur.
/// </summary>
[Category("Long")]
public sealed class FuzzTests : SessionFixture
{
    private const int Seed = 20261130;
    private const int Requests = 6000;
    private const int Targets = 60;
    private const int MaxImageBytes = 100_000;
    private const int Blocked = 1_000_000;
    private const int Foreign = 2_000_000;
    private const int FirstUpload = 3_000_000;
    private const string ForeignChannel = "777";
    private const string BusyKey = "busy";
    private const string GamesPath = "/api/v1/games";

    private static readonly (string, string)[] Unlimited =
    [
        .. Service.GenerousToUsers.Select(setting => (setting.Key, setting.Value)),
        ("PublicImages:RateLimits:0:Permits", "1000000"),
        ("PublicImages:RateLimits:1:Permits", "1000000"),
        ("Images:MaxBytes", $"{MaxImageBytes}"),
    ];

    private static readonly string Stranger = Service.Token([43], token => token.Claims["sub"] = "8");

    private Service service = null!;
    private ApiDocument document = null!;
    private FuzzSubject subject = null!;
    private FuzzRun run = null!;

    [OneTimeSetUp]
    public async Task Create_games_and_sessions()
    {
        Discord.Reset(42);
        service = StartService(Unlimited);
        using var member = service.CreateClient(42);
        using var stranger = service.CreateClient([]);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", Stranger);
        var games = new List<JsonElement>();
        for (var number = 0; number < 3 * Targets; number++)
            games.Add(await CreateAsync(member, number));

        // The bot records later that the channel belongs to another guild.
        await Database.ExecuteAsync($"INSERT INTO guild_channels (channel_id, guild_id) VALUES ({ForeignChannel}, 43)");
        await Database.ExecuteAsync(
            "INSERT INTO blocked_hashes (content_hash, reason) VALUES (@hash, 'A secret of the operators')",
            new { hash = Pictures.Content(Blocked).Hash.ToDigest() });

        document = new(await member.GetStringAsync("/openapi/v1.json"));
        foreach (var game in games[(2 * Targets)..].Where((_, number) => number % 2 == 0))
            await Database.StoreVariantsAsync(ServiceTests.Text(game, "thumbnail_id")!, Variants.Of(FuzzSubject.VariantWidth));

        run = new(document);
        subject = new()
        {
            Games = [.. games[..Targets].Select(game => ServiceTests.Text(game, "id")!)],
            DoomedGames = [.. games[Targets..(2 * Targets)].Select(game => ServiceTests.Text(game, "id")!)],
            Images = [.. games[(2 * Targets)..].Select(game => ServiceTests.Text(game, "thumbnail_id")!)],
            Uploads = await Task.WhenAll(Enumerable.Range(0, Targets).Select(number => UploadAsync(member, FirstUpload + number))),
            ForeignImage = await UploadAsync(stranger, Foreign),
            BusyKey = BusyKey,
            Tokens = [Service.Token([42])],
            Stranger = Stranger,
            Robot = Service.Token([42], token => token.Claims["sub"] = "robot"),
            Sessions = [await SessionAsync(avatar: "a_0123abcd"), await SessionAsync(avatar: null)],
            BlockedImage = Pictures.Png(Blocked),
            ForeignChannel = ForeignChannel,
            MaxImageBytes = MaxImageBytes,
        };
    }

    [OneTimeTearDown]
    public async Task Stop_the_services() => await service.DisposeAsync();

    [Test]
    public async Task Every_response_is_described_and_every_described_status_occurs()
    {
        Discord.Image = ("image/png", Pictures.Png(1));
        var seed = FuzzSettings.Seed(Seed);
        var factory = new RequestFactory(document, subject, new Random(seed));
        var sweep = factory.Sweep().ToArray();
        FuzzRequest[] all = [.. sweep, .. Enumerable.Range(0, FuzzSettings.Requests(Requests) - sweep.Length).Select(_ => factory.Next())];
        if (FuzzSettings.Only is { } only)
            all = [all[only - 1]];

        await TestContext.Progress.WriteLineAsync($"Fuzz test: seed {seed}, {all.Length} requests.");
        var clock = Stopwatch.StartNew();
        await using (await ReserveKeyAsync())
            await run.SendAsync(service.ClientOptions.BaseAddress, all, default);
        var seconds = clock.Elapsed.TotalSeconds;
        await SendToServicesThatFailAsync(factory);

        var unseen = from each in run.Unseen()
                     where !CannotOccurHere(each.Operation, each.Status)
                     select $"{each.Operation}: {each.Status}";
        Print($"Seed {seed}: {all.Length} requests in {seconds:0.0} s, {all.Length / seconds:0} a second. {run.Statuses}", run.Summary());
        Assert.Multiple(() =>
        {
            Assert.That(Describe(run.Faults), Is.Empty);
            if (FuzzSettings.Only is null)
                Assert.That(unseen, Is.Empty, "These described statuses did not occur.");
        });
    }

    // A user beyond the limit gets 429, a missing privilege is a fault of the service, and a database that is gone is unavailable.
    private async Task SendToServicesThatFailAsync(RequestFactory factory)
    {
        var single = factory.Sweep().ToArray();
        FuzzRequest[] valid = [.. single.Where(request => request.Name.EndsWith("nothing changed", StringComparison.Ordinal))];
        FuzzRequest[] signedIn = [.. single.Where(request => request.Name.EndsWith("the token of a stranger", StringComparison.Ordinal))];

        // The first request of the user and of the client is within the limits.
        await using (var limited = StartService(("Users:RateLimits:0:Permits", "1"), ("PublicImages:RateLimits:0:Permits", "1")))
            await run.SendAsync(limited.ClientOptions.BaseAddress, [.. signedIn, .. signedIn], default);

        // It has no image in memory.
        await using var failing = StartService(Unlimited);
        await Database.ExecuteAsync("REVOKE SELECT ON game_images FROM gameimages_public");
        await Database.ExecuteAsync("REVOKE SELECT ON game_sessions, image_uploads, guild_usage FROM gameimages_app");
        await run.SendAsync(failing.ClientOptions.BaseAddress, valid, default);
        await Database.DisposeAsync();
        await run.SendAsync(failing.ClientOptions.BaseAddress, valid, default);
    }

    // 408 needs a body that takes minutes; UploadLimitTests and UploadMemoryTests provoke it. Nothing in the routes of sessions fails.
    private bool CannotOccurHere(string operation, int status) => status switch
    {
        408 => true,
        500 => document.Operations.Single(each => each.Id == operation).Path is var path
            && (path.Contains("/session", StringComparison.Ordinal) || path.EndsWith("/icon", StringComparison.Ordinal)
                || path.EndsWith("/sign-in-options", StringComparison.Ordinal)),
        _ => false,
    };

    private static IEnumerable<string> Describe(IReadOnlyList<(FuzzRequest Request, string Fault)> faults) =>
        from kind in faults.GroupBy(each => each.Fault.Split('\n')[0])
        let first = kind.First().Request
        select $"{kind.Count()} times: {kind.First().Fault}\nRequest {first.Number}, {first.Name}:\n{first}\n";

    private static void Print(string first, IEnumerable<string> lines) =>
        TestContext.Out.WriteLine(string.Join('\n', lines.Prepend(first)));

    private static async Task<JsonElement> CreateAsync(HttpClient member, int number)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("42"), "guild_id" },
            { new StringContent(number % 4 == 0 ? ForeignChannel : "5"), "channel_id" },
            { new StringContent("Root"), "title" },
            { new StringContent("2027-02-07T19:30:00Z"), "scheduled_at" },
            { new ByteArrayContent(Pictures.Png(number)), "thumbnail", "a.png" },
        };
        return await ServiceTests.JsonAsync(await member.PostAsync(GamesPath, form), HttpStatusCode.Created);
    }

    private static async Task<string> UploadAsync(HttpClient client, int number) => ServiceTests.Text(
        await ServiceTests.JsonAsync(
            await client.PostAsync("/api/v1/images", new ByteArrayContent(Pictures.Png(number))), HttpStatusCode.Created),
        "id")!;

    // Another request with this key of user 7 would do the same.
    private async Task<IAsyncDisposable> ReserveKeyAsync()
    {
        var connection = await Database.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT pg_advisory_lock(hashtextextended(format('key %L of %L', '{BusyKey}', '7'), 0))", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<(string Cookie, string CsrfToken)> SessionAsync(string? avatar)
    {
        Discord.User = new { id = "7", username = "ann", global_name = "Ann", avatar };
        var browser = await SignInAsync(service);
        var token = await browser.CsrfTokenAsync();
        return (string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")), token);
    }
}
