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

    private DiscordSetup setup = null!;

    [SetUp]
    public async Task Start()
    {
        setup = await DiscordSetup.StartAsync(
            discord: settings => settings with { Limits = null },
            client: settings => settings with { InvalidRequests = 3 });
        setup.Discord.SetChannel(DiscordSetup.Channel.Value, ChannelState.MissingAccess);
    }

    [TearDown]
    public Task Stop() => setup.DisposeAsync().AsTask();

    [Test]
    public async Task Too_many_invalid_requests_stop_all_requests_until_the_oldest_is_ten_minutes_old_and_are_logged_once()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            setup.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.That(() => setup.PostAsync(), Throws.TypeOf<MessageRefusedException>());
        }

        for (var attempts = 0; attempts < 2; attempts++)
        {
            var limited = await Assert.ThrowsAsync<RateLimitedException>(() => setup.PostAsync(Open));
            Assert.Multiple(() =>
            {
                Assert.That(limited.Channel, Is.Null);
                Assert.That(limited.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(8)));
            });
        }

        setup.Time.Advance(TimeSpan.FromMinutes(8));
        await setup.PostAsync(Open);
        Assert.That(() => setup.PostAsync(), Throws.TypeOf<MessageRefusedException>());
        Assert.That(() => setup.PostAsync(Open), Throws.TypeOf<RateLimitedException>());

        Assert.That(setup.Discord.Requests, Has.Count.EqualTo(5));
        Assert.That(setup.Log.Entries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Responses_with_status_429_count_as_invalid_unless_the_limit_is_shared()
    {
        setup.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(1), RateLimitScope.Shared), times: 3);
        await RefuseAsync(3);
        Assert.That(setup.Log.Entries, Is.Empty);

        setup.Discord.FailNext(new Fault.RateLimited(TimeSpan.FromSeconds(1)), times: 3);
        await RefuseAsync(3);
        Assert.That(setup.Log.Entries, Has.Count.EqualTo(1));
        Assert.That(() => setup.PostAsync(Open), Throws.TypeOf<RateLimitedException>().With.Property("Channel").Null);
    }

    [Test]
    public async Task Each_attempt_is_counted_by_its_method_and_status()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "gameimages.discord.requests" && instrument.Meter.Scope == setup.Meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) => counted.Add($"{tags[0].Key} {tags[0].Value} {tags[1].Key} {tags[1].Value} {count}"));
        listener.Start();

        setup.Discord.FailNext(Fault.CutBefore);
        setup.Discord.FailNext(new Fault.Status(500));
        await setup.DeleteAsync((await setup.PostAsync(Open)).At);

        Assert.That(counted, Is.EqualTo(new[]
        {
            "method POST status none 1", "method POST status 500 1", "method POST status 200 1", "method DELETE status 204 1",
        }));
    }

    private async Task RefuseAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            await Assert.ThatAsync(() => setup.PostAsync(Open), Throws.TypeOf<RateLimitedException>());
            setup.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
