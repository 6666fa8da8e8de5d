using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Raises a signal for each notification of a channel. The programs that wait for the signal also look at intervals, so a lost connection
/// only delays them.
/// </summary>
internal abstract class SignalListener(NpgsqlDataSource source, string channel, NotificationSignal signal, TimeProvider time)
    : NotificationListener(source, channel, TimeSpan.FromSeconds(1), time)
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
}
