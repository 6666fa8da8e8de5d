using System.Globalization;
using System.Net;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Testing.Discord.Tests.Limits;

public sealed class RateLimitTests : FakeDiscordTests
{
    private static readonly Bot Other = new("other-token", 1100000000000000002, "other");

    protected override FakeDiscordSettings Settings() => base.Settings() with { Limits = new(), Bots = [Bot.Default, Other] };

    [Test]
    public async Task The_sixth_message_in_five_seconds_gets_429()
    {
        for (var message = 1; message <= 5; message++)
        {
            using var response = await PostAsync("""{"content":"x"}""");
            Assert.Multiple(() =>
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(Header(response, "X-RateLimit-Limit"), Is.EqualTo("5"));
                Assert.That(Header(response, "X-RateLimit-Remaining"), Is.EqualTo((5 - message).ToString(CultureInfo.InvariantCulture)));
                Assert.That(Header(response, "X-RateLimit-Reset-After"), Is.EqualTo("5.000"));
            });
        }

        Time.Advance(TimeSpan.FromSeconds(1.7501));
        using var refused = await PostAsync("""{"content":"x"}""");
        var body = await ReadAsync(refused, HttpStatusCode.TooManyRequests);

        Assert.Multiple(() =>
        {
            Assert.That(
                body.GetRawText(),
                Is.EqualTo("""{"message":"You are being rate limited.","retry_after":3.25,"global":false}"""));
            Assert.That(Header(refused, "Retry-After"), Is.EqualTo("4"));
            Assert.That(Header(refused, "X-RateLimit-Remaining"), Is.EqualTo("0"));
            Assert.That(Header(refused, "X-RateLimit-Reset-After"), Is.EqualTo("3.250"));
            Assert.That(Header(refused, "X-RateLimit-Scope"), Is.EqualTo("user"));
            Assert.That(refused.Headers.Contains("X-RateLimit-Global"), Is.False);
            Assert.That(
                decimal.Parse(Header(refused, "X-RateLimit-Reset"), CultureInfo.InvariantCulture),
                Is.EqualTo(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000m + 3.25m).Within(60));
            Assert.That(Discord.Posts, Is.EqualTo(5));
        });

        Time.Advance(TimeSpan.FromSeconds(3.25));
        await MessageAsync();
    }

    [Test]
    public async Task Each_channel_endpoint_and_bot_has_its_own_bucket()
    {
        var id = await MessageAsync();
        for (var message = 1; message < 5; message++)
            await MessageAsync();

        using var other = Connect(Other.Token);
        using var posted = await PostAsync("""{"content":"x"}""", other);
        using var edited = await EditAsync(id, """{"content":"y"}""");
        using var elsewhere = await SendAsync(HttpMethod.Post, "channels/1/messages", """{"content":"x"}""");

        Assert.Multiple(() =>
        {
            foreach (var response in new[] { posted, edited, elsewhere })
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(Header(response, "X-RateLimit-Remaining"), Is.EqualTo("4"));
            }

            Assert.That(
                Header(posted, "X-RateLimit-Bucket"),
                Is.EqualTo(Header(elsewhere, "X-RateLimit-Bucket")).And.Not.EqualTo(Header(edited, "X-RateLimit-Bucket")));
        });
    }

    [Test]
    public async Task Five_edits_in_five_seconds_and_five_deletions_in_one_second_are_allowed()
    {
        var id = await MessageAsync();
        var edits = new List<HttpStatusCode>();
        for (var edit = 0; edit < 6; edit++)
            edits.Add((await EditAsync(id, """{"content":"y"}""")).StatusCode);

        var deletes = new List<(HttpStatusCode, string)>();
        for (var delete = 0; delete < 6; delete++)
        {
            using var response = await DeleteAsync(1);
            deletes.Add((response.StatusCode, Header(response, "X-RateLimit-Reset-After")));
        }

        Assert.That(edits, Is.EqualTo(Enumerable.Repeat(HttpStatusCode.OK, 5).Append(HttpStatusCode.TooManyRequests)));
        Assert.That(
            deletes,
            Is.EqualTo(Enumerable.Repeat((HttpStatusCode.NotFound, "1.000"), 5).Append((HttpStatusCode.TooManyRequests, "1.000"))));
    }

    [Test]
    public async Task A_token_may_send_50_requests_a_second_to_all_channels_together()
    {
        for (var channel = 1; channel <= 50; channel++)
            await ReadAsync(await SendAsync(HttpMethod.Post, $"channels/{channel}/messages", """{"content":"x"}"""));

        using var refused = await PostAsync("""{"content":"x"}""");
        using var other = Connect(Other.Token);

        Assert.Multiple(async () =>
        {
            Assert.That((await ReadAsync(refused, HttpStatusCode.TooManyRequests)).GetProperty("global").GetBoolean(), Is.True);
            Assert.That(Header(refused, "X-RateLimit-Global"), Is.EqualTo("true"));
            Assert.That(Header(refused, "X-RateLimit-Scope"), Is.EqualTo("global"));
            Assert.That(Header(refused, "Retry-After"), Is.EqualTo("1"));
            Assert.That((await PostAsync("""{"content":"x"}""", other)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });

        Time.Advance(TimeSpan.FromSeconds(1));
        await MessageAsync();
    }

    [Test]
    public void Simultaneous_requests_are_counted_separately()
    {
        const int rounds = 20_000;
        var buckets = Enumerable
            .Range(0, rounds)
            .Select(_ => new Bucket(new(1, TimeSpan.FromSeconds(1)), RateLimitScope.User, new(Time)))
            .ToArray();
        var allowed = new int[2];
        using var together = new Barrier(allowed.Length);

        // The test starts its own threads, because the thread pool might run the work one after the other.
        var threads = allowed.Select((_, number) => new Thread(() =>
        {
            foreach (var bucket in buckets)
            {
                together.SignalAndWait();
                allowed[number] += bucket.Take().IsAllowed ? 1 : 0;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(allowed.Sum(), Is.EqualTo(rounds));
    }
}
