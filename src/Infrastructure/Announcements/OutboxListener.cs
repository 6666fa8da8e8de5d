using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

/// <summary>
/// Raises the signal when the database reports a new event in the outbox. The bot also reads the outbox at intervals, so a lost connection
/// only delays announcements.
/// </summary>
internal sealed class OutboxListener(BotDatabase database, OutboxSignal signal, TimeProvider time, ILogger<OutboxListener> logger)
    : NotificationListener(database.Source, V0007_Outbox.Channel, TimeSpan.FromSeconds(1), time)
{
    protected override async Task WaitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        ReportWorking();

        // Notifications that were sent before may have been lost.
        signal.Raise();

        while (true)
            await connection.WaitAsync(ct);
    }

    protected override void Receive(string payload) => signal.Raise();

    protected override void OnLost(Exception reason) => logger.LogWarning(
        "Cannot listen for changes of games. The outbox is read at intervals until this works again. Reason: {Reason}", reason.Message);

    protected override void OnRestored() => logger.LogInformation("Listening for changes of games again.");
}
