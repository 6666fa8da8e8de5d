using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Variants;

internal sealed class VariantBacklog(VariantDatabase database, NotificationSignal signal) : IVariantBacklog
{
    // Other workers have claimed at most so many of the oldest images, unless there are more workers than that.
    private const int MaxWorkers = 64;

    private const string Key = "hashtextextended(id::text, 13)";

    public Task NextChange => signal.NextChange;

    public async Task<IClaimedImage?> ClaimAsync(CancellationToken ct)
    {
        IClaimedImage? claimed = null;
        var connection = await database.Source.OpenConnectionAsync(
            async connection =>
            {
                while (claimed is null && await LockOldestAsync(connection, ct) is { } id)
                    claimed = await ReadAsync(id, connection, ct);
            },
            ct);

        if (claimed is null)
            await connection.DisposeAsync();

        return claimed;
    }

    /// <summary>Ends all claims of the connection.</summary>
    public static NpgsqlBatchCommand Unlock() => new("SELECT pg_advisory_unlock_all()");

    // The lock of the session protects the work on one image. Without it, two workers could decode the same image at once. It is held until
    // the variants are stored, and the server releases it when the worker ends in any way. Another worker takes the next image. No row is
    // locked meanwhile, so the image can be deleted at any time.
    private static async Task<Guid?> LockOldestAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = connection.Batch(new NpgsqlBatchCommand(
            $"""
            WITH oldest AS MATERIALIZED (SELECT id FROM images_without_variants ORDER BY created_at, id LIMIT {MaxWorkers})
            SELECT id FROM oldest WHERE pg_try_advisory_lock({Key}) LIMIT 1
            """));
        return await connection.RunAsync(() => batch.ExecuteScalarAsync(ct)) as Guid?;
    }

    // Another worker may have ended its work on the image just before this one took the lock.
    private static async Task<IClaimedImage?> ReadAsync(Guid id, NpgsqlConnection connection, CancellationToken ct)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            "SELECT mime_type AS format, content_hash, image_data FROM images_without_variants WHERE id = @id",
            new { id }, cancellationToken: ct));
        if (row is not null)
            return new ClaimedImage(id, row.Format, row.ImageData, row.ContentHash, connection);

        await using var batch = connection.Batch(Unlock());
        await connection.RunAsync(() => batch.ExecuteNonQueryAsync(ct));
        return null;
    }

    private sealed record Row(ImageFormat Format, ContentHash ContentHash, byte[] ImageData);
}
