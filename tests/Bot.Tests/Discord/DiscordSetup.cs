using System.Diagnostics.Metrics;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Testing;
using GameImages.Testing.Discord;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GameImages.Bot.Tests.Discord;

/// <summary>A Discord client, a fake Discord that it sends requests to, and the clock of both.</summary>
internal sealed class DiscordSetup : IAsyncDisposable
{
    public const string Token = "fake-token";

    public static readonly Snowflake Channel = new(381870553235193857);

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RateLimitedHttp rateLimited;
    private int nonce;

    private DiscordSetup(FakeDiscord discord, DiscordTime time, DiscordSettings settings)
    {
        Discord = discord;
        Time = time;
        Meters = services.GetRequiredService<IMeterFactory>();
        rateLimited = new(settings, time, new LoggerFactory([Log]).CreateLogger<RateLimitedHttp>(), Meters);
        var http = new DiscordHttp(rateLimited, time);
        Client = new DiscordClient(http, new(http, Recorded, time));
    }

    public FakeDiscord Discord { get; }
    public DiscordTime Time { get; }
    public RecordedLog Log { get; } = new();
    public RecordedChannels Recorded { get; } = new();
    public IMeterFactory Meters { get; }
    public IDiscord Client { get; }

    /// <summary>Starts a fake Discord that applies Discord's rate limits, unless its settings are changed.</summary>
    public static async Task<DiscordSetup> StartAsync(
        Func<FakeDiscordSettings, FakeDiscordSettings>? discord = null,
        Func<DiscordSettings, DiscordSettings>? client = null)
    {
        var time = new DiscordTime();
        var settings = new FakeDiscordSettings { Time = time, Images = null };
        var fake = await FakeDiscord.StartAsync(discord?.Invoke(settings) ?? settings);
        return new(fake, time, client?.Invoke(Settings(fake.BaseUrl)) ?? Settings(fake.BaseUrl));
    }

    public static DiscordSettings Settings(Uri baseUrl) =>
        new(
            Token,
            baseUrl,
            new("https://games.example.org/nights"),
            DeletedMessages.PostAgain,
            AttachPictures: true,
            Concurrency: 8,
            RequestsPerSecond: 45,
            InvalidRequests: 5000);

    public static DiscordMessage Message(string title, string? thumbnail = null, string? image = null) =>
        new()
        {
            Embeds =
            [
                new()
                {
                    Title = title,
                    Color = 0x57F287,
                    Fields = [],
                    Footer = new("Status: Scheduled"),
                    Thumbnail = thumbnail is null ? null : new(thumbnail),
                    Image = image is null ? null : new(image),
                },
            ],
        };

    public Task<PostedMessage> PostAsync(DiscordMessage message, IReadOnlyList<Attachment>? files = null, Snowflake? channel = null) =>
        Client.PostAsync(
            channel ?? Channel,
            message with { Nonce = $"{Interlocked.Increment(ref nonce)}", EnforceNonce = true },
            files ?? [],
            CancellationToken.None);

    public Task<PostedMessage> PostAsync(Snowflake? channel = null) => PostAsync(Message("Curse of Strahd"), channel: channel);

    public Task<PostedMessage> EditAsync(MessageReference at, DiscordMessage? message = null, IReadOnlyList<Attachment>? files = null) =>
        Client.EditAsync(at, message ?? Message("Curse of Strahd, moved"), files ?? [], CancellationToken.None);

    public Task DeleteAsync(MessageReference at) => Client.DeleteAsync(at, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        rateLimited.Dispose();
        await services.DisposeAsync();
        await Discord.DisposeAsync();
    }
}
