using System.Net;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord.Tests.Faults;

public sealed class FaultTests : FakeDiscordTests
{
    private const string Json = """{"content":"x"}""";

    private Func<RecordedRequest, Fault?> intercept = _ => null;
    private readonly HeldTime held = new();

    protected override FakeDiscordSettings Settings()
    {
        intercept = _ => null;
        return base.Settings() with { Time = held, Intercept = request => intercept(request) };
    }

    [TestCase(500, "application/json")]
    [TestCase(502, "text/html")]
    [TestCase(503, "text/html")]
    public async Task A_failure_of_the_server_makes_no_message_and_happens_once(int status, string contentType)
    {
        Discord.FailNext(new Fault.Status(status));

        using var failed = await PostAsync(Json);
        Assert.That(
            ((int)failed.StatusCode, failed.Content.Headers.ContentType?.MediaType, Discord.Posts),
            Is.EqualTo((status, contentType, 0)));
        await MessageAsync();
    }

    [Test]
    public async Task Failures_come_as_often_as_told_in_their_order_and_only_where_told()
    {
        Discord.FailNext(new Fault.Status(500), times: 2, request => request.Endpoint == DiscordEndpoint.CreateMessage);
        Discord.FailNext(new Fault.Status(502), when: request => request.Method == "POST");
        await ReadAsync(await SendAsync(HttpMethod.Get, "users/@me"));

        var statuses = new List<int>();
        for (var post = 0; post < 4; post++)
            statuses.Add((int)(await PostAsync(Json)).StatusCode);

        Assert.That(statuses, Is.EqualTo(new[] { 500, 500, 502, 200 }));
    }

    [Test]
    public async Task Failures_by_chance_are_the_same_for_one_seed()
    {
        async Task<string> RunAsync(int seed)
        {
            Discord.FailSometimes(new Fault.Status(500), 0.5, seed);
            var run = "";
            for (var post = 0; post < 32; post++)
                run += (await PostAsync(Json)).IsSuccessStatusCode ? "+" : "-";

            Discord.StopFailing();
            return run;
        }

        var first = await RunAsync(1);
        Assert.That(first, Does.Contain("+").And.Contain("-"));
        Assert.That(await RunAsync(1), Is.EqualTo(first));
        Assert.That(await RunAsync(2), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task An_intercepted_request_fails_as_it_is_told_to()
    {
        intercept = request => request.Body?.Contains("bad", StringComparison.Ordinal) == true ? new Fault.Status(503) : null;
        Assert.That((await PostAsync("""{"content":"bad"}""")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await MessageAsync();
    }

    [TestCase(RateLimitScope.User, 200)]
    [TestCase(RateLimitScope.Global, 429)]
    public async Task A_told_429_holds_until_its_time_is_over(RateLimitScope scope, int elsewhere)
    {
        await using var discord = await FakeDiscord.StartAsync(base.Settings());
        using var client = new HttpClient { BaseAddress = discord.BaseUrl };
        foreach (var header in Client.DefaultRequestHeaders)
            client.DefaultRequestHeaders.TryAddWithoutValidation(header.Key, header.Value);

        discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(1.5), scope));

        using var first = await PostAsync(Json, client);
        using var second = await PostAsync(Json, client);
        using var other = await SendAsync(HttpMethod.Get, "users/@me", client: client);

        Assert.Multiple(async () =>
        {
            Assert.That(
                (Header(first, "Retry-After"), Header(first, "X-RateLimit-Scope")),
                Is.EqualTo(("2", scope.ToString().ToLowerInvariant())));
            Assert.That((await ReadAsync(first, HttpStatusCode.TooManyRequests)).GetProperty("retry_after").GetDouble(), Is.EqualTo(1.5));
            Assert.That(
                (await ReadAsync(second, HttpStatusCode.TooManyRequests)).GetProperty("global").GetBoolean(),
                Is.EqualTo(scope == RateLimitScope.Global));
            Assert.That((int)other.StatusCode, Is.EqualTo(elsewhere));
        });

        Time.Advance(TimeSpan.FromSeconds(1.5));
        await ReadAsync(await PostAsync(Json, client));
    }

    [Test]
    public async Task A_connection_is_cut_before_or_after_the_message_is_made()
    {
        Discord.FailNext(Fault.CutBefore);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Json));
        Assert.That(Discord.Posts, Is.Zero);

        Discord.FailNext(Fault.CutAfter);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Json));
        Assert.That((Discord.Posts, Discord.Requests.Last().Status), Is.EqualTo((1, default(int?))));

        await MessageAsync();
    }

    [Test]
    public async Task What_is_never_answered_ends_when_the_client_gives_up()
    {
        Discord.FailNext(Fault.NeverAnswer);
        using var patience = new CancellationTokenSource();
        var post = SendAsync(HttpMethod.Post, Messages, Json, ct: patience.Token);

        await Discord.WaitForAsync(() => Discord.Requests.Count == 1);
        Assert.That(post.IsCompleted, Is.False);
        await patience.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => post);
        Assert.That(Discord.Posts, Is.Zero);
    }

    [Test]
    public async Task A_slow_answer_comes_when_its_time_is_over_and_its_message_exists_before()
    {
        Discord.FailNext(new Fault.Slow(TimeSpan.FromMinutes(3)));
        var post = PostAsync(Json);

        var delay = await held.NextAsync(TimeSpan.FromMinutes(3));
        Assert.That((post.IsCompleted, Discord.Posts), Is.EqualTo((false, 1)));

        delay.End();
        await ReadAsync(await post);
    }
}
