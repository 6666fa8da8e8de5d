using System.Diagnostics;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.WebApi.Tests.Faults;

/// <summary>
/// For every kind of request, the connection to the database is lost at a byte of its response. By default, the test cuts it at 100 of the
/// bytes in the message headers and values. With GAMEIMAGES_WHOLE_SWEEP=1, it cuts at each byte, or at 4000 bytes of longer values, and
/// also while the database responds to prepared statements.
/// </summary>
[Category("Long")]
public sealed class CutResponseTests
{
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("GAMEIMAGES_WHOLE_SWEEP") == "1";

    private TestDatabase database = null!;
    private CuttingProxy proxy = null!;
    private Service service = null!;
    private Service undisturbed = null!;
    private HttpClient client = null!;
    private HttpClient prepare = null!;
    private Trials trials = null!;

    [OneTimeSetUp]
    public async Task Start_the_service_behind_the_proxy()
    {
        database = await TestDatabase.CreateAsync();
        proxy = CuttingProxy.Start(database.ConnectionString(Roles.App));
        (string, string)[] settings =
        [
            .. Service.GenerousToUsers.Select(setting => (setting.Key, setting.Value)),
            ("PublicImages:RateLimits:0:Permits", "10000000"),
            ("PublicImages:RateLimits:1:Permits", "10000000"),
            ("PublicImages:CacheMegabytes", "0"),
        ];
        undisturbed = new Service(database, settings);

        // Retries do not wait, so that the test is fast.
        service = new Service(database, new ImmediateTime(TimeSpan.FromSeconds(1)),
        [
            .. settings,
            ("ConnectionStrings:GameImages", proxy.Through(database.ConnectionString(Roles.App))),
            ("ConnectionStrings:PublicImages", proxy.Through(database.ConnectionString(Roles.Public))),
        ]);
        client = service.CreateClient(ServiceTests.Guild, Trials.OtherGuild);
        prepare = undisturbed.CreateClient(ServiceTests.Guild, Trials.OtherGuild);
        trials = new(database, prepare);
        await trials.CreateGamesAsync();
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        client.Dispose();
        prepare.Dispose();
        await service.DisposeAsync();
        await undisturbed.DisposeAsync();
        proxy.Dispose();
        await database.DisposeAsync();
    }

    [TestCaseSource(typeof(Trials), nameof(Trials.Kinds))]
    public async Task A_connection_lost_within_a_response_is_retried_before_the_commit_and_503_during_it(string kind)
    {
        var clock = Stopwatch.StartNew();
        var bytes = 0;
        var outcomes = new List<Outcome>();
        var wrong = new List<string>();

        foreach (var uses in IsWhole ? new[] { 1, 3 } : [1])
        {
            var response = await RecordAsync(kind, uses);
            var commit = Trials.IsWrite(kind) ? CuttingProxy.LastRoundTrip(response) : response.Length;
            bytes += response.Length;

            foreach (var position in CuttingProxy.Positions(response, IsWhole ? 4000 : 2, IsWhole ? int.MaxValue : 100))
            {
                await WarmUpAsync(kind, uses);
                var outcome = await SendAsync(kind, position);

                outcomes.Add(outcome);
                if (outcome != Outcome.Right && (outcome != Outcome.Unknown || position < commit))
                    wrong.Add($"{outcome} at byte {position} of {response.Length} (the commit begins at byte {commit}), use {uses}");
            }
        }

        var counts = outcomes.CountBy(outcome => outcome).Select(count => $"{count.Value} {count.Key}");
        await TestContext.Out.WriteLineAsync(
            $"{kind}: {outcomes.Count} cuts of {bytes} bytes in {clock.Elapsed.TotalSeconds:F1} s: {string.Join(", ", counts)}");
        await database.WaitUntilAloneAsync();
        Assert.That(wrong, Is.Empty);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [TestCaseSource(typeof(Trials), nameof(Trials.Kinds))]
    public async Task A_connection_that_is_lost_again_in_the_retry_is_not_an_error(string kind)
    {
        var response = await RecordAsync(kind, uses: 1);
        var outcomes = new List<Outcome>();
        var random = new Random(1);

        for (var number = 0; number < (IsWhole ? 500 : 5); number++)
        {
            await WarmUpAsync(kind, uses: 1);

            // The second cut comes while the new connection is opened, or in the response over it.
            outcomes.Add(await SendAsync(kind, random.Next(response.Length), random.Next(2000)));
        }

        // Every connection is cut until the service gives up.
        await WarmUpAsync(kind, uses: 1);
        outcomes.Add(await SendAsync(kind, [.. Enumerable.Repeat(100, 100)]));

        var counts = outcomes.CountBy(outcome => outcome).Select(count => $"{count.Value} {count.Key}");
        await TestContext.Out.WriteLineAsync($"{kind}: {string.Join(", ", counts)}");
        await database.WaitUntilAloneAsync();
        Outcome[] expected = [Outcome.Right, Outcome.Unavailable, .. Trials.IsWrite(kind) ? new[] { Outcome.Unknown } : []];
        Assert.That(outcomes.Distinct(), Is.SubsetOf(expected));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    // The number of requests that the pooled connection has served. The driver prepares a statement only after its first two uses.
    private int used;

    private async Task<byte[]> RecordAsync(string kind, int uses)
    {
        used = int.MaxValue;
        await WarmUpAsync(kind, uses);
        proxy.Begin();
        Assert.That(await Trials.SendAsync(client, await trials.NextAsync(kind)), Is.EqualTo(Outcome.Right));
        used++;
        return proxy.End().Answer;
    }

    private async Task WarmUpAsync(string kind, int uses)
    {
        if (used > uses)
        {
            proxy.CloseAll();
            used = 0;
        }

        // One request may fail on a connection that was closed while it was idle.
        for (var failed = 0; used < uses && failed < 10;)
        {
            if (await Trials.SendAsync(client, await trials.NextAsync(kind)) == Outcome.Right)
                used++;
            else
                used = 0;
            failed++;
        }

        Assert.That(used, Is.EqualTo(uses));
    }

    private async Task<Outcome> SendAsync(string kind, params int[] cuts)
    {
        var trial = await trials.NextAsync(kind);
        proxy.Begin(cuts);
        var outcome = await Trials.SendAsync(client, trial);
        var isCut = proxy.End().CutsLeft < cuts.Length;
        used = outcome != Outcome.Right ? 0 : isCut ? 1 : used + 1;
        return outcome;
    }
}
