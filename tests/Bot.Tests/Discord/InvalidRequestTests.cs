using System.Diagnostics.Metrics;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing.Discord;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Limits;

namespace GameImages.Bot.Tests.Discord;

public sealed class InvalidRequestTests
{
    private static readonly Snowflake Open = new(7);

    private Line line = null!;

    [SetUp]
    public async Task Open_the_line()
    {
        line = await Line.OpenAsync(settings => settings with { Limits = null }, settings => settings with { InvalidRequests = 3 });
        line.Discord.SetChannel(Line.Channel.Value, ChannelState.MissingAccess);
    }

    [TearDown]
    public Task Close_the_line() => line.DisposeAsync().AsTask();

    [Test]
    public async Task Too_many_invalid_requests_stop_everything_until_the_eldest_is_ten_minutes_old_and_are_logged_once()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            line.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.That(() => line.PostAsync(), Throws.TypeOf<MessageRefusedException>());
        }

        for (var tries = 0; tries < 2; tries++)
        {
            var limited = await Assert.ThrowsAsync<RateLimitedException>(() => line.PostAsync(Open));
            Assert.That((limited.Channel, limited.RetryAfter), Is.EqualTo(((Snowflake?)null, TimeSpan.FromMinutes(8))));
        }

        line.Time.Advance(TimeSpan.FromMinutes(8));
        await line.PostAsync(Open);
        Assert.That(() => line.PostAsync(), Throws.TypeOf<MessageRefusedException>());
        Assert.That(() => line.PostAsync(Open), Throws.TypeOf<RateLimitedException>());

        Assert.That(line.Discord.Requests, Has.Count.EqualTo(5));
        Assert.That(line.Log.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Refusals_of_a_limit_count_unless_others_share_it()
    {
        line.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(1), RateLimitScope.Shared), times: 3);
        await RefuseAsync(3);
        Assert.That(line.Log.Messages, Is.Empty);

        line.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(1)), times: 3);
        await RefuseAsync(3);
        Assert.That(line.Log.Messages, Has.Count.EqualTo(1));
        Assert.That(() => line.PostAsync(Open), Throws.TypeOf<RateLimitedException>().With.Property("Channel").Null);
    }

    [Test]
    public async Task Each_try_is_counted_by_its_method_and_status()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "gameimages.discord.requests" && instrument.Meter.Scope == line.Meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) => counted.Add($"{tags[0].Key} {tags[0].Value} {tags[1].Key} {tags[1].Value} {count}"));
        listener.Start();

        line.Discord.FailNext(Fault.CutBefore);
        line.Discord.FailNext(new Fault.Status(500));
        await line.DeleteAsync((await line.PostAsync(Open)).At);

        Assert.That(counted, Is.EqualTo(new[]
        {
            "method POST status none 1", "method POST status 500 1", "method POST status 200 1", "method DELETE status 204 1",
        }));
    }

    private async Task RefuseAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            await Assert.ThatAsync(() => line.PostAsync(Open), Throws.TypeOf<RateLimitedException>());
            line.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
