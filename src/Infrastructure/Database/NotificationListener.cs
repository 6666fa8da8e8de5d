using System.Data;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Listens to a channel of the database (LISTEN) on a connection of its own, and opens another connection when that one is lost.
/// Notifications that are sent in between are lost, so a listener starts anew after each connection.
/// </summary>
/// <param name="reconnectDelay">The time between losing a connection and opening the next one.</param>
internal abstract class NotificationListener(NpgsqlDataSource source, string channel, TimeSpan reconnectDelay, TimeProvider time)
    : BackgroundService
{
    private const int TimeoutSeconds = 2;

    private bool isWorking = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception lost) when (!stoppingToken.IsCancellationRequested)
            {
                if (isWorking)
                    OnLost(lost);
                isWorking = false;
            }

            await Task.Delay(reconnectDelay, time, stoppingToken);
        }
    }

    /// <summary>
    /// Waits for notifications until the connection is lost. It calls <see cref="ReportWorking"/> when it knows that they arrive.
    /// </summary>
    protected abstract Task WaitAsync(NpgsqlConnection connection, CancellationToken ct);

    /// <summary>A notification has arrived.</summary>
    protected abstract void Receive(string payload);

    /// <summary>Notifications do not arrive. It is called once until they arrive again.</summary>
    protected abstract void OnLost(Exception reason);

    /// <summary>Notifications arrive again. It is called once after <see cref="OnLost"/>.</summary>
    protected abstract void OnRestored();

    protected void ReportWorking()
    {
        if (!isWorking)
            OnRestored();
        isWorking = true;
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Receive(notification.Payload);
        await ExecuteAsync(connection, $"LISTEN {channel}", ct);

        try
        {
            await WaitAsync(connection, ct);
        }
        finally
        {
            // The connection returns to its pool, whose next user must not receive notifications.
            if (connection.State == ConnectionState.Open)
                await ExecuteAsync(connection, "UNLISTEN *", CancellationToken.None);
        }
    }

    private static Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct) =>
        connection.ExecuteAsync(new(sql, commandTimeout: TimeoutSeconds, cancellationToken: ct));
}
