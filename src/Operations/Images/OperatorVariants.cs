using System.Data;
using GameImages.Application;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Images;

/// <summary>An image that gets no variants.</summary>
/// <param name="StoredAt">When the image was stored.</param>
/// <param name="Bytes">The length of the image.</param>
public sealed record RefusedImage(Guid ImageId, string MimeType, long Bytes, DateTime StoredAt, string Reason);

/// <summary>The state of all variants.</summary>
/// <param name="Waiting">The number of images whose variants the worker still has to make.</param>
/// <param name="WaitingSince">When the oldest of them was stored; null if there are none.</param>
/// <param name="Made">The number of images that the worker has looked at. Some of them need no variants.</param>
/// <param name="Bytes">The bytes of all variants.</param>
/// <param name="TotalRefused">The number of images that get no variants. The list may be shorter.</param>
public sealed record VariantOverview(
    long Waiting, DateTime? WaitingSince, long Made, long Variants, long Bytes, long TotalRefused, IReadOnlyList<RefusedImage> Refused);

/// <summary>The variants of images for operators.</summary>
public sealed class OperatorVariants(OperatorDatabase database)
{
    private const int BatchSize = 500;
    private const string IsDone = "(variants_made_at IS NOT NULL OR variants_refusal IS NOT NULL)";

    /// <param name="limit">The number of refused images to return at most.</param>
    public async Task<VariantOverview> ReadAsync(int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var (waiting, since) = await connection.QuerySingleAsync<(long, DateTime?)>(new(
            "SELECT count(*), min(created_at) FROM images_without_variants", cancellationToken: ct));
        var (made, refused) = await connection.QuerySingleAsync<(long, long)>(new(
            "SELECT count(variants_made_at), count(variants_refusal) FROM game_images", cancellationToken: ct));
        var (variants, bytes) = await connection.QuerySingleAsync<(long, long)>(new(
            "SELECT count(*), coalesce(sum(byte_length), 0)::bigint FROM image_variants", cancellationToken: ct));
        var images = await connection.QueryAsync<RefusedImage>(new(
            """
            SELECT id AS image_id, mime_type, byte_length::bigint AS bytes, created_at AS stored_at, variants_refusal AS reason
            FROM game_images WHERE variants_refusal IS NOT NULL ORDER BY created_at, id LIMIT @limit
            """,
            new { limit }, cancellationToken: ct));
        return new(waiting, since, made, variants, bytes, refused, images);
    }

    /// <summary>Lets the worker try images again that it has refused.</summary>
    /// <param name="id">Null for all of them.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="NotFoundException">There is no such image, or it was not refused.</exception>
    public async Task<long> RetryAsync(Guid? id, CancellationToken ct)
    {
        var retried = await ClearAsync("variants_refusal IS NOT NULL", id, ct);
        return id is null || retried > 0 ? retried : throw new NotFoundException($"There is no image {id} whose variants were refused.");
    }

    /// <summary>Lets the worker make variants again. The old ones are served until then.</summary>
    /// <inheritdoc cref="RetryAsync" path="/param"/>
    /// <inheritdoc cref="RetryAsync" path="/returns"/>
    /// <exception cref="NotFoundException">There is no such image, or it waits for its variants already.</exception>
    public async Task<long> RebuildAsync(Guid? id, CancellationToken ct)
    {
        var rebuilt = await ClearAsync("coalesce(variants_made_at, 'epoch') < @started", id, ct);
        return id is null || rebuilt > 0
            ? rebuilt
            : throw new NotFoundException($"There is no image {id}, or it waits for its variants already.");
    }

    // One pass in the order of the ids. A batch skips the images that requests have locked: it locks many rows, so it could deadlock with
    // a request that locks two. These images are changed one by one.
    private async Task<long> ClearAsync(string condition, Guid? id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var started = await connection.QuerySingleAsync<DateTime>(new("SELECT now()", cancellationToken: ct));
        var cleared = 0L;
        Guid? last = null;

        while (await FindAsync() is { Count: > 0 } ids)
        {
            var changed = await UpdateAsync([.. ids], "SKIP LOCKED");
            cleared += changed.Count;
            foreach (var locked in ids.Except(changed))
                cleared += (await UpdateAsync([locked], "")).Count;

            last = ids[^1];
        }

        await connection.ExecuteAsync(new($"NOTIFY {MissingVariants.Channel}", cancellationToken: ct));
        return cleared;

        Task<List<Guid>> FindAsync() => connection.QueryAsync<Guid>(new(
            $"""
            SELECT id FROM game_images
            WHERE {condition} AND {IsDone} AND (@id IS NULL OR id = @id) AND (@last IS NULL OR id > @last) ORDER BY id LIMIT {BatchSize}
            """,
            new { id, last, started }, cancellationToken: ct));

        Task<List<Guid>> UpdateAsync(Guid[] ids, string locked) => connection.QueryAsync<Guid>(new(
            $"""
            UPDATE game_images SET variants_made_at = NULL, variants_refusal = NULL WHERE id IN (
                SELECT id FROM game_images WHERE {condition} AND {IsDone} AND id = ANY (@ids) FOR NO KEY UPDATE {locked})
            RETURNING id
            """,
            new { ids, started }, cancellationToken: ct));
    }
}
