using GameImages.Bot.Announcements;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Bot.Preview;

namespace GameImages.Bot;

internal static class BotServices
{
    /// <summary>Adds the services that announce games on Discord.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DiscordSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(new AnnouncementFormatter(settings.PublicBaseUrl!))
        .AddSingleton<RateLimitedHttp>()
        .AddSingleton<DiscordHttp>()
        .AddSingleton<ChannelGuilds>()
        .AddSingleton<IDiscord, DiscordClient>()
        .AddSingleton<BotMetrics>()
        .AddSingleton<GuildRefusals>()
        .AddSingleton<MessagePoster>()
        .AddSingleton<ImageRetries>()
        .AddSingleton<MessageUpdater>()
        .AddSingleton<Announcer>()
        .AddHostedService<AnnouncementWorker>()
        .AddHostedService<OutboxMonitor>();

    /// <summary>Adds the preview, which shows announcements and sends nothing to Discord.</summary>
    public static void AddPreview(this WebApplicationBuilder builder, DiscordSettings settings)
    {
        // Standard output contains the announcements only, so the log goes to standard error.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services
            .AddSingleton(new AnnouncementFormatter(settings.PublicBaseUrl ?? new("http://127.0.0.1:8080")))
            .AddHostedService<PreviewWorker>();
    }
}
