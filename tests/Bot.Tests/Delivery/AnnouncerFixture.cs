using GameImages.Application.Announcements;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Infrastructure;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Testing.Discord;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Bot.Tests.Delivery;

/// <summary>Announces one game after the other, without the delays of retries. A test has to make postponed deliveries due.</summary>
public abstract class AnnouncerFixture : DatabaseTests
{
    private ServiceProvider services = null!;
    private IOutbox outbox = null!;

    protected FakeDiscord Discord { get; private set; } = null!;

    [TearDown]
    public async Task Stop()
    {
        await services.DisposeAsync();
        await Discord.DisposeAsync();
    }

    // No server listens at the public URL, so Discord cannot fetch the images.
    private protected async Task StartAsync(params (string Key, string Value)[] settings)
    {
        Discord = await FakeDiscord.StartAsync(new() { Limits = null });
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("ConnectionStrings:Bot", Database.ConnectionString(Roles.Bot)),
            new("Discord:Token", Testing.Discord.Bot.Default.Token),
            new("Discord:BaseUrl", Discord.BaseUrl.ToString()),
            new("PublicBaseUrl", "http://127.0.0.1:9"),
            .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]).Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new ShortDelaysSkipped())
            .AddOutbox(configuration, checkRole: true)
            .AddDelivery(DiscordSettings.Read(configuration, isDevelopment: false))
            .BuildServiceProvider();
        outbox = services.GetRequiredService<IOutbox>();
    }

    private protected async Task DeliverAsync()
    {
        var announcer = services.GetRequiredService<Announcer>();
        while (await outbox.ClaimAsync([], default) is { } delivery)
        {
            await using (delivery)
                await announcer.DeliverAsync(delivery, default);
        }
    }

    private protected Task MakeDueAsync() => Database.ExecuteAsync("UPDATE outbox SET due_at = now()");

    private protected Task<int> CountAnnouncementsAsync() => Database.SingleAsync<int>("SELECT count(*)::int FROM announcements");

    private protected Task<int> CountOutboxAsync() => Database.SingleAsync<int>("SELECT count(*)::int FROM outbox");

    // Short delays end at once. Longer ones are time limits and stay real, so that a slow response does not time out.
    private sealed class ShortDelaysSkipped : TimeProvider
    {
        private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < LongestWait && dueTime >= TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
