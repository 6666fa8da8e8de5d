using System.Collections.Concurrent;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Bot.Tests.Discord;

public sealed class RateLimitTests
{
    private DiscordSetup setup = null!;

    [SetUp]
    public async Task Start() => setup = await DiscordSetup.StartAsync();

    [TearDown]
    public Task Stop() => setup.DisposeAsync().AsTask();

    // A channel accepts 5 messages in 5 s. All channels together accept 50 requests in a second.
    [TestCase(4, 60)]
    [TestCase(40, 12)]
    public async Task Many_posts_are_sent_as_fast_as_the_limits_allow_and_Discord_refuses_none(int channels, int seconds)
    {
        await SendAllAsync(Enumerable.Range(0, 200).Select(number => new Snowflake(1 + number % channels)));

        Assert.Multiple(() =>
        {
            Assert.That(setup.Discord.Posts, Is.EqualTo(200));
            Assert.That(setup.Discord.Requests.Select(request => request.Status), Is.All.EqualTo(200));
            Assert.That(setup.Discord.Requests, Has.Count.EqualTo(200));
            Assert.That(setup.Time.Now, Is.LessThan(TimeSpan.FromSeconds(seconds)));
        });
    }

    [Test]
    public async Task Simultaneous_posts_share_the_remaining_requests_of_a_bucket()
    {
        await setup.PostAsync();
        var taken = 0;

        while (taken < 4)
        {
            var waits = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryPostAsync(DiscordSetup.Channel)));
            taken += waits.Count(wait => wait is null);
        }

        Assert.That(await TryPostAsync(DiscordSetup.Channel), Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(setup.Discord.Requests.Select(request => request.Status), Is.EqualTo(Enumerable.Repeat<int?>(200, 5)));
    }

    [Test]
    public async Task An_empty_bucket_does_not_stop_other_channels_or_methods()
    {
        await SendAllAsync(Enumerable.Repeat(DiscordSetup.Channel, 4));
        var posted = await setup.PostAsync();
        Assert.That(
            () => setup.PostAsync(),
            Throws.TypeOf<RateLimitedException>()
                .With.Property("Channel").EqualTo(DiscordSetup.Channel)
                .And.Message.Contains($"{DiscordSetup.Channel}"));

        await setup.PostAsync(channel: new Snowflake(7));
        await setup.EditAsync(posted.At);
        await setup.DeleteAsync(posted.At);
        Assert.That(setup.Discord.Requests.Select(request => request.Status), Has.None.EqualTo(429));
    }

    [TestCase(RateLimitScope.User)]
    [TestCase(RateLimitScope.Shared)]
    public async Task After_a_429_the_channel_gets_no_request_until_the_wait_has_passed(RateLimitScope scope)
    {
        setup.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(7.25), scope));
        var limited = await Assert.ThrowsAsync<RateLimitedException>(() => setup.PostAsync());

        // The header rounds up to whole seconds.
        Assert.Multiple(() =>
        {
            Assert.That(limited.Channel, Is.EqualTo(DiscordSetup.Channel));
            Assert.That(limited.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(8)));
        });
        setup.Time.Advance(TimeSpan.FromSeconds(7.5));
        Assert.That(await TryPostAsync(DiscordSetup.Channel), Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(await TryPostAsync(new(7)), Is.Null);

        setup.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.That(await TryPostAsync(DiscordSetup.Channel), Is.Null);
        Assert.That(setup.Discord.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_global_429_stops_all_requests_until_the_wait_has_passed()
    {
        setup.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(3), RateLimitScope.Global));
        var limited = await Assert.ThrowsAsync<RateLimitedException>(() => setup.PostAsync());
        Assert.Multiple(() =>
        {
            Assert.That(limited.Channel, Is.Null);
            Assert.That(limited.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(3)));
        });

        var other = await Assert.ThrowsAsync<RateLimitedException>(() => setup.PostAsync(channel: new Snowflake(7)));
        Assert.Multiple(() =>
        {
            Assert.That(other.Channel, Is.Null);
            Assert.That(other.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(3)));
        });
        Assert.That(setup.Discord.Requests, Has.Count.EqualTo(1));

        setup.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await TryPostAsync(DiscordSetup.Channel), Is.Null);
    }

    [Test]
    public async Task A_429_of_Cloudflare_stops_all_requests()
    {
        await using var banned = await DiscordSetup.StartAsync(
            settings => settings with { Limits = new() { InvalidRequests = new(1, TimeSpan.FromMinutes(10)) } });
        banned.Discord.SetChannel(DiscordSetup.Channel.Value, ChannelState.MissingAccess);
        Assert.That(() => banned.PostAsync(), Throws.TypeOf<MessageRefusedException>());

        for (var attempts = 0; attempts < 2; attempts++)
        {
            var limited = await Assert.ThrowsAsync<RateLimitedException>(() => banned.PostAsync(channel: new Snowflake(7)));
            Assert.Multiple(() =>
            {
                Assert.That(limited.Channel, Is.Null);
                Assert.That(limited.RetryAfter, Is.EqualTo(TimeSpan.FromHours(1)));
            });
        }

        Assert.That(banned.Discord.Requests, Has.Count.EqualTo(2));
    }

    private async Task<TimeSpan?> TryPostAsync(Snowflake channel)
    {
        try
        {
            await setup.PostAsync(channel);
            return null;
        }
        catch (RateLimitedException limited)
        {
            return limited.RetryAfter;
        }
    }

    private async Task SendAllAsync(IEnumerable<Snowflake> posts)
    {
        var left = posts.ToList();

        while (left.Count > 0)
        {
            var waits = new ConcurrentBag<(Snowflake Channel, TimeSpan Wait)>();
            await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (channel, _) =>
            {
                if (await TryPostAsync(channel) is { } wait)
                    waits.Add((channel, wait));
            });

            // When a round has sent a message, another may be possible without a wait.
            if (waits.Count == left.Count)
                setup.Time.Advance(waits.Min(wait => wait.Wait));

            left = [.. waits.Select(wait => wait.Channel)];
        }
    }
}
