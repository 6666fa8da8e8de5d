using GameImages.Bot.Announcements;
using GameImages.Bot.Delivery;
using GameImages.Bot.Discord;
using GameImages.Bot.Preview;

namespace GameImages.Bot;

internal static class BotServices
{
    /// <summary>What announces games on Discord.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, DiscordSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(new AnnouncementFormatter(settings.PublicBaseUrl!))
        .AddSingleton<DiscordHttp>()
        .AddSingleton<ChannelGuilds>()
        .AddSingleton<IDiscord, DiscordClient>()
        .AddSingleton<BotMetrics>()
        .AddSingleton<GuildRefusals>()
        .AddSingleton<Announcer>()
        .AddSingleton<AnnouncementWorker>()
        .AddHostedService(provider => provider.GetRequiredService<AnnouncementWorker>())
        .AddHostedService<OutboxMonitor>();

    /// <summary>What shows the announcements to whoever started the bot, and announces nothing.</summary>
    public static void AddPreview(this WebApplicationBuilder builder, DiscordSettings settings)
    {
        // Standard output has the announcements alone.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services
            .AddSingleton(new AnnouncementFormatter(settings.PublicBaseUrl ?? new("http://127.0.0.1:8080")))
            .AddHostedService<PreviewWorker>();
    }

    /// <summary>Live: the process answers. Ready: the database answers too, with the schema version that this program works with.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
