using GameImages.Application.Announcements;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Delivery;

/// <summary>Reads the state of the outbox every few seconds for the metrics.</summary>
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
            catch (Exception failure) when (DatabaseFaults.IsUnavailable(failure) || DatabaseFaults.IsOldSchema(failure))
            {
                metrics.State = null;
                logger.LogDebug(
                    "Could not read the state of the outbox. The metrics leave it out until the next attempt in {Delay}. Reason: {Reason}",
                    Interval,
                    failure.Message);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }
}
