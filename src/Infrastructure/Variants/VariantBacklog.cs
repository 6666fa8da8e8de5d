using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Variants;

internal sealed class VariantBacklog(VariantDatabase database, NotificationSignal signal) : IVariantBacklog
{
    // Other workers have claimed at most so many of the oldest images, unless there are more workers than that.
    private const int MaxWorkers = 64;

    public Task NextChange => signal.NextChange;

    public async Task<IClaimedImage?> ClaimAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await ClaimOldestAsync(ct);
            }
            catch (UnreadableImageException unreadable)
            {
                await RefuseAsync(unreadable, ct);
            }
        }
    }

    private async Task<IClaimedImage?> ClaimOldestAsync(CancellationToken ct)
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

    // The lock of the session protects the work on one image. Without it, two workers could decode the same image at once. It is held
    // until the variants are stored, and the server releases it when the worker ends in any way. Another worker takes the next image. No
    // row is locked meanwhile, so the image can be deleted at any time.
    private static async Task<Guid?> LockOldestAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = connection.Batch(new NpgsqlBatchCommand(
            $"""
            WITH oldest AS MATERIALIZED (SELECT id FROM images_without_variants ORDER BY created_at, id LIMIT {MaxWorkers})
            SELECT id FROM oldest WHERE pg_try_advisory_lock(hashtextextended(id::text, 13)) LIMIT 1
            """));
        return await connection.RunAsync(() => batch.ExecuteScalarAsync(ct)) as Guid?;
    }

    /// <returns>Null if another worker has ended its work on the image just before this one took the lock.</returns>
    private static async Task<IClaimedImage?> ReadAsync(Guid id, NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
                "SELECT mime_type AS format, content_hash, image_data FROM images_without_variants WHERE id = @id",
                new { id }, cancellationToken: ct));
            return row is null ? null : new ClaimedImage(id, row.Format, row.ImageData, row.ContentHash, connection);
        }
        // A damaged page must not stop the work on all other images.
        catch (Exception fault) when (!DatabaseFaults.IsUnavailable(fault) && fault is not OperationCanceledException)
        {
            throw new UnreadableImageException(id, fault);
        }
    }

    // After some errors, such as a damaged page, the driver has closed the first connection.
    private async Task RefuseAsync(UnreadableImageException unreadable, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var batch = connection.Batch(ClaimedImage.Refuse(unreadable.Id, unreadable.Message));
        await connection.RunAsync(() => batch.ExecuteScalarAsync(ct));
    }

    private sealed record Row(ImageFormat Format, ContentHash ContentHash, byte[] ImageData);

    private sealed class UnreadableImageException(Guid id, Exception fault)
        : Exception($"The database cannot read the image. {fault.Message}", fault)
    {
        public Guid Id => id;
    }
}
