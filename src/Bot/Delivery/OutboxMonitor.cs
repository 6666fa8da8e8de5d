using GameImages.Application.Announcements;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Delivery;

/// <summary>Reads now and then how much there is to announce, for those who watch.</summary>
internal sealed class OutboxMonitor(IOutbox outbox, BotMetrics metrics, TimeProvider time, ILogger<OutboxMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                metrics.State = await outbox.ReadStateAsync(stoppingToken);
            }
            catch (Exception away) when (DatabaseFaults.IsUnavailable(away) || DatabaseFaults.IsOldSchema(away))
            {
                metrics.State = null;
                logger.LogDebug("The database cannot say how much there is to announce: {Reason}", away.Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
