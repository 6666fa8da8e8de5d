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
        .AddSingleton<AnnouncementWorker>()
        .AddHostedService(provider => provider.GetRequiredService<AnnouncementWorker>())
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

    /// <summary>
    /// Maps two health checks. Live: the process responds. Ready: the database responds with the schema version of this program.
    /// </summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
