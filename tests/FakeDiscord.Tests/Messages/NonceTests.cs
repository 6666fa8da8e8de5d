using System.Collections.Concurrent;
using System.Net;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Tests.Messages;

public sealed class NonceTests : FakeDiscordTests
{
    private static readonly Bot Other = new("other-token", 1100000000000000002, "other");

    protected override FakeDiscordSettings Settings() => base.Settings() with { Bots = [Bot.Default, Other] };

    [Test]
    public async Task An_enforced_nonce_gives_the_earlier_message_back()
    {
        var first = await MessageAsync("""{"content":"x","nonce":"n","enforce_nonce":true}""");
        var second = await ReadAsync(await PostAsync("""{"content":"y","nonce":"n","enforce_nonce":true}"""));

        Assert.That(
            (Id(second), second.GetProperty("content").GetString(), second.GetProperty("nonce").GetString()),
            Is.EqualTo((first, "x", "n")));
        Assert.That((Discord.Posts, Discord.Repeats, Discord.Messages.Count), Is.EqualTo((1, 1, 1)));
    }

    [Test]
    public async Task A_nonce_counts_for_five_minutes()
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
    public async Task What_is_not_enforced_or_another_nonce_makes_another_message(string json)
    {
        await MessageAsync("""{"content":"x","nonce":"n","enforce_nonce":true}""");
        await MessageAsync(json);
        Assert.That(Discord.Posts, Is.EqualTo(2));
    }

    [Test]
    public async Task A_nonce_is_one_of_its_author_and_channel()
    {
        const string json = """{"content":"x","nonce":"n","enforce_nonce":true}""";
        using var other = Connect(Other.Token);

        await PostAsync(json);
        await PostAsync(json, other);
        await SendAsync(HttpMethod.Post, "channels/1/messages", json);
        Assert.That(Discord.Posts, Is.EqualTo(3));
    }

    [Test]
    public void Posts_at_once_with_one_nonce_make_one_message()
    {
        var store = new MessageStore(new(Time), guild: null);
        var answers = new ConcurrentBag<(string Nonce, long Id)>();

        Parallel.For(0, 40_000, post =>
        {
            var nonce = $"{post % 10_000}";
            var message = new Message(post + 1, Channel, Bot.Default, nonce, MessageVersion.Empty, true);
            answers.Add((nonce, store.Add(message, enforcesNonce: true).Id));
        });

        Assert.That((answers.Distinct().Count(), store.All.Count()), Is.EqualTo((10_000, 10_000)));
    }

    [TestCase("\"1234567890123456789012345\"", HttpStatusCode.OK)]
    [TestCase("\"12345678901234567890123456\"", HttpStatusCode.BadRequest)]
    [TestCase("9223372036854775807", HttpStatusCode.OK)]
    [TestCase("1.5", HttpStatusCode.BadRequest)]
    [TestCase("true", HttpStatusCode.BadRequest)]
    public async Task A_nonce_is_an_integer_or_has_25_characters(string nonce, HttpStatusCode status) =>
        Assert.That((await PostAsync($$"""{"content":"x","nonce":{{nonce}}}""")).StatusCode, Is.EqualTo(status));
}
