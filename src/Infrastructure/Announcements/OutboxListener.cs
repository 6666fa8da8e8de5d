using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Logging;

namespace GameImages.Infrastructure.Announcements;

/// <summary>Raises the signal when the database reports a new event in the outbox.</summary>
internal sealed class OutboxListener(BotDatabase database, OutboxSignal signal, TimeProvider time, ILogger<OutboxListener> logger)
    : SignalListener(database.Source, V0007_Outbox.Channel, signal, time)
{
    protected override void OnLost(Exception reason) => logger.LogWarning(
        "Cannot listen for changes of games. The outbox is read at intervals until this works again. Reason: {Reason}", reason.Message);

    protected override void OnRestored() => logger.LogInformation("Listening for changes of games again.");
}
