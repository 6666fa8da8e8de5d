using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Images;

/// <summary>
/// Evicts images from the cache when the database reports that they were deleted or changed (NOTIFY of a trigger on game_images). A query
/// that the server answered on this connection proves that every notification that was sent before the query has arrived. The cached
/// images are therefore trusted for <see cref="PublicImages.TrustPeriod"/> after the query was sent, and no longer.
/// </summary>
internal sealed class ImageChangeListener(
    ChangesDatabase database, PublicImages images, TimeProvider time, ILogger<ImageChangeListener> logger)
    : NotificationListener(database.Source, V0005_NotifyImageChanges.Channel, TimeSpan.FromMilliseconds(500), time)
{
    private static readonly TimeSpan QueryInterval = TimeSpan.FromMilliseconds(250);
    private const int QueryTimeoutSeconds = 2;

    private readonly TimeProvider time = time;

    protected override async Task WaitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            // Notifications about the images that are in the cache already may have been lost.
            images.EvictAll();

            while (true)
                await ProveAndWaitAsync(connection, ct);
        }
        finally
        {
            images.EvictAll();
        }
    }

    // The payload is the image's id. It is empty after TRUNCATE.
    protected override void Receive(string payload)
    {
        if (Guid.TryParse(payload, out var id))
            images.Evict(id);
        else
            images.EvictAll();
    }

    protected override void OnLost(Exception reason) => logger.LogWarning(
        "Cannot listen for deleted images. Images stay in the cache for less than a second until this works again. Reason: {Reason}",
        reason.Message);

    protected override void OnRestored() =>
        logger.LogInformation("Listening for deleted images again. Images stay in the cache again.");

    // Sends a query, and then receives notifications until it is time for the next query.
    private async Task ProveAndWaitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var sentAt = time.GetTimestamp();
        await CheckNotificationsAsync(connection, ct);
        images.TrustFrom(sentAt);
        ReportWorking();

        // Npgsql waits without a limit when the time is less than a millisecond.
        while (QueryInterval - time.GetElapsedTime(sentAt) is { TotalMilliseconds: >= 1 } rest && await connection.WaitAsync(rest, ct))
            continue;
    }

    private static async Task CheckNotificationsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (server, triggers) = await connection.QuerySingleAsync<(int, int)>(new(
            """
            SELECT pg_backend_pid(), count(*)::int FROM pg_trigger
            WHERE tgrelid = 'game_images'::regclass AND tgname IN ('notify_image_change', 'notify_image_truncation') AND tgenabled = 'A'
            """,
            commandTimeout: QueryTimeoutSeconds, cancellationToken: ct));

        if (server != connection.ProcessID)
            throw new NotSupportedException("A pooler between the service and the database does not pass notifications on.");
        if (triggers != 2)
            throw new NotSupportedException("The triggers of game_images that send notifications are missing or disabled.");
    }
}
