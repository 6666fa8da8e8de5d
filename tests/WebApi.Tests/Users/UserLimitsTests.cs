using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using GameImages.Testing;
using GameImages.WebApi.RateLimits;
using GameImages.WebApi.Users;
using Microsoft.AspNetCore.Http;

namespace GameImages.WebApi.Tests.Users;

/// <summary>Tests how much of the service one user may use, and how much stays for others.</summary>
public sealed class UserLimitsTests : ServiceTests
{
    private const string Games = "/api/v1/games";

    private readonly FakeTime time = new();
    private Service limited = null!;
    private Service small = null!;
    private Service impatient = null!;

    [OneTimeSetUp]
    public void Start_services_with_low_limits()
    {
        limited = new(
            Database,
            time,
            ("Users:RateLimits:0:Permits", "5"),
            ("Users:TrustedRateLimits:0:Permits", "8"),
            ("Users:SearchRateLimits:0:Permits", "2"),
            ("Users:UploadRateLimits:0:Permits", "2"));

        // Two connections for writes and single reads, one for lists and one for searches.
        small = new(Database, TimeProvider.System,
            ("ConnectionStrings:GameImages", $"{Database.ConnectionString(Infrastructure.Schema.Roles.App)};Maximum Pool Size=4"),
            ("Users:Lists", "1"), ("Users:Searches", "1"));

        // On this service, waits for a turn end at once.
        impatient = new(
            Database,
            new ImmediateTime(TimeSpan.FromSeconds(1)),
            ("PublicImages:CacheMegabytes", "0"),
            ("Users:Lists", "1"),
            ("Users:Searches", "1"));
    }

    [OneTimeTearDown]
    public async Task Stop_them()
    {
        await limited.DisposeAsync();
        await small.DisposeAsync();
        await impatient.DisposeAsync();
    }

    [Test]
    public async Task A_user_who_sends_too_many_requests_gets_429_until_the_window_is_over_and_others_do_not()
    {
        using var user = Client(limited, "100");
        using var other = Client(limited, "101");

        for (var request = 0; request < 5; request++)
            await JsonAsync(await user.GetAsync(Games));

        time.Advance(TimeSpan.FromSeconds(20.5));

        // The limit applies to every route that needs a user. The service delays a rejection, so that immediate retries cost little.
        var clock = Stopwatch.StartNew();
        var responses = await Task.WhenAll(
            user.GetAsync(Games),
            user.GetAsync($"{Games}/{Guid.NewGuid()}"),
            user.PostAsJsonAsync(Games, new { }),
            user.GetAsync("/api/v1/session"));
        Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(0.9)));

        foreach (var response in responses)
            await ProblemAsync(response, HttpStatusCode.TooManyRequests);

        var rejected = responses[0];
        var problem = await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);

        Assert.Multiple(() =>
        {
            Assert.That(problem.GetProperty("detail").GetString(), Does.Contain("40 seconds"));
            Assert.That(rejected.Headers.RetryAfter?.ToString(), Is.EqualTo("40"));
            Assert.That(rejected.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        });

        await JsonAsync(await other.GetAsync(Games));
        time.Advance(TimeSpan.FromSeconds(40));
        await JsonAsync(await user.GetAsync(Games));
    }

    [Test]
    public async Task Searches_have_their_own_limit_and_lists_and_trusted_clients_do_not_count()
    {
        using var user = Client(limited, "104");
        using var program = Client(limited, "105", ("may_host_for_others", true));

        for (var search = 0; search < 2; search++)
            await JsonAsync(await user.GetAsync($"{Games}?text=nowhere"));

        using var rejected = await user.GetAsync($"{Games}?text=nowhere");
        var problem = await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);
        Assert.Multiple(() =>
        {
            Assert.That(problem.GetProperty("detail").GetString(), Is.EqualTo("You sent too many searches. Try again in 60 seconds."));
            Assert.That(rejected.Headers.RetryAfter?.ToString(), Is.EqualTo("60"));
        });

        await JsonAsync(await user.GetAsync(Games));
        for (var search = 0; search < 3; search++)
            await JsonAsync(await program.GetAsync($"{Games}?text=nowhere"));
    }

    [Test]
    public async Task Uploads_have_their_own_limit_and_games_and_trusted_clients_do_not_count()
    {
        using var user = Client(limited, "106");
        using var program = Client(limited, "107", ("may_host_for_others", true));

        for (var upload = 0; upload < 2; upload++)
            await JsonAsync(await UploadAsync(user), HttpStatusCode.Created);

        using var rejected = await UploadAsync(user);
        var problem = await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);
        Assert.Multiple(() =>
        {
            Assert.That(Text(problem, "detail"), Is.EqualTo("You sent too many uploads. Try again in 60 seconds."));
            Assert.That(Text(problem, "quota"), Is.EqualTo("upload_rate"));
            Assert.That(problem.GetProperty("limit").GetInt32(), Is.EqualTo(2));
            Assert.That(problem.GetProperty("use").GetInt32(), Is.EqualTo(2));
            Assert.That(rejected.Headers.RetryAfter?.ToString(), Is.EqualTo("60"));
        });

        await JsonAsync(await user.PostAsync(Games, Form()), HttpStatusCode.Created);
        for (var upload = 0; upload < 3; upload++)
            await JsonAsync(await UploadAsync(program), HttpStatusCode.Created);
    }

    [TestCase(true, 8)]
    [TestCase(false, 5)]
    [TestCase("false", 5)]
    public async Task A_program_that_acts_for_many_users_has_its_own_limit(object mayHostForOthers, int requests)
    {
        using var program = Client(
            limited, $"bot {mayHostForOthers} {mayHostForOthers.GetType()}", ("may_host_for_others", mayHostForOthers));

        for (var request = 0; request < requests; request++)
            await JsonAsync(await program.GetAsync(Games));

        await ProblemAsync(await program.GetAsync(Games), HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task A_user_runs_a_few_lists_at_once_and_a_list_that_takes_too_long_is_503_with_the_reason()
    {
        using var user = Client(impatient, "102");
        await using var connection = await Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LockGamesAsync(connection);

        var list = user.GetAsync(Games);
        var search = user.GetAsync($"{Games}?text=dune");
        await Database.WaitForWaitersAsync(2);

        // The list and the search each hold the only place of their kind.
        foreach (var path in new[] { Games, $"{Games}?text=dune" })
        {
            using var rejected = await user.GetAsync(path);
            await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);
            Assert.That(rejected.Headers.RetryAfter?.ToString(), Is.EqualTo("1"));
            Assert.That(rejected.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
        }

        foreach (var slow in new[] { list, search })
        {
            using var late = await slow;
            var problem = await ProblemAsync(late, HttpStatusCode.ServiceUnavailable);
            Assert.That(problem.GetProperty("detail").GetString(), Does.StartWith("The list took longer than 2 seconds"));
            Assert.That(late.Headers.RetryAfter, Is.Not.Null);
        }
    }

    [Test]
    public async Task Lists_of_many_users_leave_connections_to_single_reads_readiness_and_public_images()
    {
        var image = Pictures.Png(1);
        var game = await CreateAsync(image);
        HttpClient[] users = [.. Enumerable.Range(200, 10).Select(user => Client(small, $"{user}"))];
        using var anybody = small.CreateClient([]);
        using var member = Client(small, "103");
        await using var connection = await Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LockGamesAsync(connection);

        var lists = users.SelectMany(user => new[] { user.GetAsync(Games), user.GetAsync($"{Games}?text=dune") }).ToList();
        await Database.WaitForWaitersAsync(2);

        // Two reads take all connections for single games, and two more wait for a connection.
        var reads = Enumerable.Range(0, 4).Select(_ => member.GetAsync($"{Games}/{Text(game, "id")}")).ToList();
        var waiters = await Database.WaitForWaitersAsync(4);
        using var ready = await anybody.GetAsync("/health/ready");
        var served = await anybody.GetByteArrayAsync($"/api/v1/public/images/{Text(game, "thumbnail_id")}");
        await transaction.RollbackAsync();

        Assert.Multiple(() =>
        {
            Assert.That(waiters, Has.Count.EqualTo(4));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(served, Is.EqualTo(image));
        });

        foreach (var response in await Task.WhenAll(lists.Concat(reads)))
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            response.Dispose();
        }

        Array.ForEach(users, user => user.Dispose());
    }

    [Test]
    public async Task A_search_over_two_limits_waits_for_a_second_in_all()
    {
        var clock = new ElapsingTime();
        RateLimit[] generous = [new(10, TimeSpan.FromSeconds(1))];
        var settings = new UserSettings([new(1, TimeSpan.FromSeconds(0.6))], generous, generous, generous, Lists: 1, Searches: 1);
        var end = new TaskCompletionSource();
        var limits = new UserLimits(_ => end.Task, settings, clock);

        var first = limits.InvokeAsync(Search());
        var second = Search();
        await limits.InvokeAsync(second);
        Assert.Multiple(() =>
        {
            Assert.That(second.Response.StatusCode, Is.EqualTo(429));
            Assert.That(clock.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(1)));
        });
        end.SetResult();
        await first;

        static DefaultHttpContext Search()
        {
            var search = new DefaultHttpContext { User = new(new ClaimsIdentity([new("sub", "7")])) };
            search.Request.QueryString = new("?text=dune");
            search.SetEndpoint(new(null, new(new LimitConcurrentListsAttribute()), null));
            return search;
        }
    }

    // Each delay ends at once and sets the stopwatch forward by its length.
    private sealed class ElapsingTime : TimeProvider
    {
        private long ticks;

        public TimeSpan Elapsed => new(GetTimestamp());

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref ticks, Math.Max(0, dueTime.Ticks));
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client) =>
        client.PostAsync("/api/v1/images", new ByteArrayContent(Pictures.Png(2)));

    private static async Task LockGamesAsync(Npgsql.NpgsqlConnection connection)
    {
        await using var command = new Npgsql.NpgsqlCommand("LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static HttpClient Client(Service service, string user, params (string Name, object Value)[] claims)
    {
        var client = service.CreateClient([]);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Service.Token([Guild], token =>
        {
            token.Claims["sub"] = user;
            foreach (var (name, value) in claims)
                token.Claims[name] = value;
        }));
        return client;
    }
}
