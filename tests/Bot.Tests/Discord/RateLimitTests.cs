using System.Collections.Concurrent;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Bot.Tests.Discord;

public sealed class RateLimitTests
{
    private Line line = null!;

    [SetUp]
    public async Task Open_the_line() => line = await Line.OpenAsync();

    [TearDown]
    public Task Close_the_line() => line.DisposeAsync().AsTask();

    // A channel takes 5 messages in 5 s, and all together 50 requests in a second.
    [TestCase(4, 60)]
    [TestCase(40, 12)]
    public async Task A_burst_is_sent_as_fast_as_Discord_takes_it_and_never_faster(int channels, int seconds)
    {
        await SendAllAsync(Enumerable.Range(0, 200).Select(number => new Snowflake(1 + number % channels)));

        Assert.Multiple(() =>
        {
            Assert.That(line.Discord.Posts, Is.EqualTo(200));
            Assert.That(line.Discord.Requests.Select(request => request.Status), Is.All.EqualTo(200));
            Assert.That(line.Discord.Requests, Has.Count.EqualTo(200));
            Assert.That(line.Time.Now, Is.LessThan(TimeSpan.FromSeconds(seconds)));
        });
    }

    [Test]
    public async Task Posts_at_the_same_time_share_what_is_left_of_a_bucket()
    {
        await line.PostAsync();
        var taken = 0;

        while (taken < 4)
            taken += (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryPostAsync(Line.Channel)))).Count(wait => wait is null);

        Assert.That(await TryPostAsync(Line.Channel), Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(line.Discord.Requests.Select(request => request.Status), Is.EqualTo(Enumerable.Repeat<int?>(200, 5)));
    }

    [Test]
    public async Task An_empty_bucket_stops_neither_other_channels_nor_other_methods()
    {
        await SendAllAsync(Enumerable.Repeat(Line.Channel, 4));
        var posted = await line.PostAsync();
        Assert.That(
            () => line.PostAsync(),
            Throws.TypeOf<RateLimitedException>().With.Property("Channel").EqualTo(Line.Channel).And.Message.Contains($"{Line.Channel}"));

        await line.PostAsync(channel: new Snowflake(7));
        await line.EditAsync(posted.At);
        await line.DeleteAsync(posted.At);
        Assert.That(line.Discord.Requests.Select(request => request.Status), Has.None.EqualTo(429));
    }

    [TestCase(RateLimitScope.User)]
    [TestCase(RateLimitScope.Shared)]
    public async Task A_refused_bucket_is_left_alone_for_as_long_as_Discord_says(RateLimitScope scope)
    {
        line.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(7.25), scope));
        var limited = await Assert.ThrowsAsync<RateLimitedException>(() => line.PostAsync());

        // The header has whole seconds.
        Assert.That((limited.Channel, limited.RetryAfter), Is.EqualTo(((Snowflake?)Line.Channel, TimeSpan.FromSeconds(8))));
        line.Time.Advance(TimeSpan.FromSeconds(7.5));
        Assert.That(await TryPostAsync(Line.Channel), Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(await TryPostAsync(new(7)), Is.Null);

        line.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.That(await TryPostAsync(Line.Channel), Is.Null);
        Assert.That(line.Discord.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_global_refusal_stops_everything_for_as_long_as_Discord_says()
    {
        line.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(3), RateLimitScope.Global));
        var limited = await Assert.ThrowsAsync<RateLimitedException>(() => line.PostAsync());
        Assert.That((limited.Channel, limited.RetryAfter), Is.EqualTo(((Snowflake?)null, TimeSpan.FromSeconds(3))));

        var other = await Assert.ThrowsAsync<RateLimitedException>(() => line.PostAsync(channel: new Snowflake(7)));
        Assert.That((other.Channel, other.RetryAfter), Is.EqualTo(((Snowflake?)null, TimeSpan.FromSeconds(3))));
        Assert.That(line.Discord.Requests, Has.Count.EqualTo(1));

        line.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await TryPostAsync(Line.Channel), Is.Null);
    }

    [Test]
    public async Task A_refusal_of_Cloudflare_stops_everything()
    {
        await using var banned = await Line.OpenAsync(settings =>
            settings with
            {
                Limits = new() { InvalidRequests = new(1, TimeSpan.FromMinutes(10)) },
            });
        banned.Discord.SetChannel(Line.Channel.Value, GameImages.Testing.Discord.ChannelState.MissingAccess);
        Assert.That(() => banned.PostAsync(), Throws.TypeOf<MessageRefusedException>());

        for (var tries = 0; tries < 2; tries++)
        {
            var limited = await Assert.ThrowsAsync<RateLimitedException>(() => banned.PostAsync(channel: new Snowflake(7)));
            Assert.That((limited.Channel, limited.RetryAfter), Is.EqualTo(((Snowflake?)null, TimeSpan.FromHours(1))));
        }

        Assert.That(banned.Discord.Requests, Has.Count.EqualTo(2));
    }

    private async Task<TimeSpan?> TryPostAsync(Snowflake channel)
    {
        try
        {
            await line.PostAsync(channel);
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

            // A round in which something was sent may have made place for more.
            if (waits.Count == left.Count)
                line.Time.Advance(waits.Min(wait => wait.Wait));

            left = [.. waits.Select(wait => wait.Channel)];
        }
    }
}
