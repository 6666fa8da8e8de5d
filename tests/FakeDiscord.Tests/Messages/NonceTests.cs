using System.Collections.Concurrent;
using System.Net;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Tests.Messages;

public sealed class NonceTests : FakeDiscordTests
{
    private static readonly Bot Other = new("other-token", 1100000000000000002, "other");

    protected override FakeDiscordSettings Settings() => base.Settings() with { Bots = [Bot.Default, Other] };

    [Test]
    public async Task A_post_with_a_repeated_enforced_nonce_returns_the_earlier_message()
    {
        var first = await MessageAsync("""{"content":"x","nonce":"n","enforce_nonce":true}""");
        var second = await ReadAsync(await PostAsync("""{"content":"y","nonce":"n","enforce_nonce":true}"""));

        Assert.Multiple(() =>
        {
            Assert.That(Id(second), Is.EqualTo(first));
            Assert.That(second.GetProperty("content").GetString(), Is.EqualTo("x"));
            Assert.That(second.GetProperty("nonce").GetString(), Is.EqualTo("n"));
        });
        Assert.Multiple(() =>
        {
            Assert.That(Discord.Posts, Is.EqualTo(1));
            Assert.That(Discord.Repeats, Is.EqualTo(1));
            Assert.That(Discord.Messages, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_nonce_is_remembered_for_five_minutes()
    {
        const string json = """{"content":"x","nonce":12,"enforce_nonce":true}""";
        var first = await MessageAsync(json);

        Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.That(await MessageAsync(json), Is.EqualTo(first));

        Time.Advance(TimeSpan.FromTicks(1));
        Assert.That(await MessageAsync(json), Is.Not.EqualTo(first));
    }

    [TestCase("""{"content":"x","nonce":"n"}""")]
    [TestCase("""{"content":"x","nonce":"n","enforce_nonce":false}""")]
    [TestCase("""{"content":"x","nonce":"m","enforce_nonce":true}""")]
    [TestCase("""{"content":"x","enforce_nonce":true}""")]
    public async Task Another_nonce_or_one_that_is_not_enforced_creates_another_message(string json)
    {
        await MessageAsync("""{"content":"x","nonce":"n","enforce_nonce":true}""");
        await MessageAsync(json);
        Assert.That(Discord.Posts, Is.EqualTo(2));
    }

    [Test]
    public async Task A_nonce_counts_only_for_its_author_and_channel()
    {
        const string json = """{"content":"x","nonce":"n","enforce_nonce":true}""";
        using var other = Connect(Other.Token);

        await PostAsync(json);
        await PostAsync(json, other);
        await SendAsync(HttpMethod.Post, "channels/1/messages", json);
        Assert.That(Discord.Posts, Is.EqualTo(3));
    }

    [Test]
    public void Simultaneous_posts_with_one_nonce_create_one_message()
    {
        var store = new MessageStore(new(Time), guild: null);
        var results = new ConcurrentBag<(string Nonce, long Id)>();

        Parallel.For(0, 40_000, post =>
        {
            var nonce = $"{post % 10_000}";
            var message = new Message(post + 1, Channel, Bot.Default, nonce, MessageVersion.Empty, true);
            results.Add((nonce, store.Add(message, enforcesNonce: true).Id));
        });

        Assert.Multiple(() =>
        {
            Assert.That(results.Distinct().Count(), Is.EqualTo(10_000));
            Assert.That(store.All.Count(), Is.EqualTo(10_000));
        });
    }

    [TestCase("\"1234567890123456789012345\"", HttpStatusCode.OK)]
    [TestCase("\"12345678901234567890123456\"", HttpStatusCode.BadRequest)]
    [TestCase("9223372036854775807", HttpStatusCode.OK)]
    [TestCase("1.5", HttpStatusCode.BadRequest)]
    [TestCase("true", HttpStatusCode.BadRequest)]
    public async Task A_nonce_is_an_integer_or_a_text_of_at_most_25_characters(string nonce, HttpStatusCode status) =>
        Assert.That((await PostAsync($$"""{"content":"x","nonce":{{nonce}}}""")).StatusCode, Is.EqualTo(status));
}
