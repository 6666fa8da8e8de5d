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
    public async Task A_server_error_creates_no_message_and_happens_once(int status, string contentType)
    {
        Discord.FailNext(new Fault.Status(status));

        using var failed = await PostAsync(Json);
        Assert.Multiple(() =>
        {
            Assert.That((int)failed.StatusCode, Is.EqualTo(status));
            Assert.That(failed.Content.Headers.ContentType?.MediaType, Is.EqualTo(contentType));
            Assert.That(Discord.Posts, Is.Zero);
        });
        await MessageAsync();
    }

    [Test]
    public async Task Failures_happen_as_often_as_planned_in_their_order_and_only_for_the_selected_requests()
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
    public async Task Random_failures_are_the_same_for_the_same_seed()
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
    public async Task An_intercepted_request_gets_the_selected_fault()
    {
        intercept = request => request.Body?.Contains("bad", StringComparison.Ordinal) == true ? new Fault.Status(503) : null;
        Assert.That((await PostAsync("""{"content":"bad"}""")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await MessageAsync();
    }

    [TestCase(RateLimitScope.User, 200)]
    [TestCase(RateLimitScope.Global, 429)]
    public async Task A_planned_429_blocks_requests_until_its_time_has_passed(RateLimitScope scope, int elsewhere)
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
            Assert.That(Header(first, "Retry-After"), Is.EqualTo("2"));
            Assert.That(Header(first, "X-RateLimit-Scope"), Is.EqualTo(scope.ToString().ToLowerInvariant()));
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
    public async Task A_connection_can_be_closed_before_or_after_the_message_is_created()
    {
        Discord.FailNext(Fault.CutBefore);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Json));
        Assert.That(Discord.Posts, Is.Zero);

        Discord.FailNext(Fault.CutAfter);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(Json));
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(Discord.Requests.Last().Status, Is.EqualTo(default(int?)));
        });

        await MessageAsync();
    }

    [Test]
    public async Task A_request_without_a_response_ends_when_the_client_gives_up()
    {
        Discord.FailNext(Fault.NoResponse);
        using var cancellation = new CancellationTokenSource();
        var post = SendAsync(HttpMethod.Post, Messages, Json, ct: cancellation.Token);

        await Discord.WaitForAsync(() => Discord.Requests.Count == 1);
        Assert.That(post.IsCompleted, Is.False);
        await cancellation.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => post);
        Assert.That(Discord.Posts, Is.Zero);
    }

    [Test]
    public async Task A_slow_response_arrives_after_its_delay_and_the_message_exists_before()
    {
        Discord.FailNext(new Fault.Slow(TimeSpan.FromMinutes(3)));
        var post = PostAsync(Json);

        var delay = await held.NextAsync(TimeSpan.FromMinutes(3));
        Assert.Multiple(() =>
        {
            Assert.That(post.IsCompleted, Is.False);
            Assert.That(Discord.Posts, Is.EqualTo(1));
        });

        delay.End();
        await ReadAsync(await post);
    }
}
