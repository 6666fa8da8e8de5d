using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

public sealed record PurgedImage(Guid Id, ContentHash ContentHash, ImageFormat MimeType, int ByteLength);

/// <summary>The images that a purge would delete, or has deleted.</summary>
/// <param name="Hashes">The hashes of the image: of its stored bytes, and of the bytes that an upload of it would store today.</param>
/// <param name="Games">The number of games that show it.</param>
/// <param name="Uploads">The number of uploads that hold it.</param>
public sealed record Purge(IReadOnlyList<ContentHash> Hashes, IReadOnlyList<PurgedImage> Images, long Games, long Uploads)
{
    public long Bytes => Images.Sum(image => (long)image.ByteLength);
}

/// <summary>Removes an image from all games and uploads in one transaction, and can block it, so that it is not stored again.</summary>
public sealed class ImagePurge(OperatorDatabase database)
{
    private readonly RetryPipeline retry = new(TimeProvider.System);

    /// <returns>What a purge of this image would delete.</returns>
    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<Purge> PlanAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        var hash = await connection.QuerySingleOrDefaultAsync<ContentHash?>(new(
            "SELECT content_hash FROM game_images WHERE id = @id", new { id }, cancellationToken: ct));
        return await PlanAsync([hash ?? throw new NotFoundException($"There is no image {id}.")], connection, ct);
    }

    /// <param name="hashes">The hashes of one image, which may not be stored.</param>
    /// <returns>What a purge of these hashes would delete.</returns>
    public async Task<Purge> PlanAsync(IReadOnlyList<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        return await PlanAsync(hashes, connection, ct);
    }

    /// <summary>Deletes the images that have these hashes now, and removes them from the games and uploads.</summary>
    /// <param name="block">Whether the hashes are blocked as well.</param>
    /// <exception cref="OutcomeUnknownException">The connection was lost while committing.</exception>
    public Task<Purge> RunAsync(IReadOnlyList<ContentHash> hashes, bool block, string? reason, CancellationToken ct) =>
        retry.RunAsync(() => RunOnceAsync(hashes, block, reason, ct), ct);

    private async Task<Purge> RunOnceAsync(IReadOnlyList<ContentHash> hashes, bool block, string? reason, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var digests = Digests(hashes);

        if (block)
            await BlockedHashes.AddAsync(hashes, reason, transaction, ct);

        // The service locks games before images, and so does the purge. These locks protect the references of the games: without them, a
        // request could change them while the purge reads them. They are held until the commit. A waiting request then sees the game
        // without the image. A game that gets the image after this statement is not locked. If its next change and the purge deadlock,
        // PostgreSQL aborts one of them, and that one is retried.
        await connection.ExecuteAsync(Sql(
            """
            SELECT FROM game_sessions AS game JOIN game_images AS image ON image.id = thumbnail_id OR image.id = banner_image_id
            WHERE content_hash = ANY (@digests)
            ORDER BY game.id
            FOR UPDATE OF game
            """,
            new { digests }));
        var images = await ReadImagesAsync("ORDER BY content_hash, mime_type FOR UPDATE", connection, digests, ct);
        var ids = images.Select(image => image.Id).ToArray();

        // The images are locked, so no other transaction can add a reference. These statements therefore find all references.
        var games = await connection.ExecuteAsync(Sql(
            """
            UPDATE game_sessions
            SET thumbnail_id = CASE WHEN thumbnail_id = ANY (@ids) THEN NULL ELSE thumbnail_id END,
                banner_image_id = CASE WHEN banner_image_id = ANY (@ids) THEN NULL ELSE banner_image_id END,
                thumbnail_alt = CASE WHEN thumbnail_id = ANY (@ids) THEN NULL ELSE thumbnail_alt END,
                banner_alt = CASE WHEN banner_image_id = ANY (@ids) THEN NULL ELSE banner_alt END,
                updated_at = clock_timestamp()
            WHERE thumbnail_id = ANY (@ids) OR banner_image_id = ANY (@ids)
            """,
            new { ids }));
        var uploads = await connection.ExecuteAsync(Sql("DELETE FROM image_uploads WHERE image_id = ANY (@ids)", new { ids }));

        await connection.ExecuteAsync(Sql(KeptAnswers.ForgetImages, new { ids }));

        // The planner's statistics may still count the references that were just removed, and make it read all games.
        await connection.ExecuteAsync(Sql("SET LOCAL enable_seqscan = off; DELETE FROM game_images WHERE id = ANY (@ids)", new { ids }));
        await transaction.CommitToTheEndAsync();
        return new Purge(hashes, images, games, uploads);

        Dapper.CommandDefinition Sql(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: ct);
    }

    private static async Task<Purge> PlanAsync(IReadOnlyList<ContentHash> hashes, NpgsqlConnection connection, CancellationToken ct)
    {
        IReadOnlyList<ContentHash> all = [.. hashes.Union(await ReadCleanHashesAsync(hashes, connection, ct))];
        var images = await ReadImagesAsync("ORDER BY content_hash, mime_type", connection, Digests(all), ct);
        var (games, uploads) = await connection.QuerySingleAsync<(long, long)>(new(
            """
            SELECT (SELECT count(*) FROM game_sessions WHERE thumbnail_id = ANY (@ids) OR banner_image_id = ANY (@ids)),
                (SELECT count(*) FROM image_uploads WHERE image_id = ANY (@ids))
            """,
            new { ids = images.Select(image => image.Id).ToArray() },
            cancellationToken: ct));
        return new(all, images, games, uploads);
    }

    // An image from version 1 still has its metadata. An upload of the same file stores it without metadata, and so with another hash.
    private static async Task<IEnumerable<ContentHash>> ReadCleanHashesAsync(
        IReadOnlyList<ContentHash> hashes, NpgsqlConnection connection, CancellationToken ct)
    {
        var stored = await connection.QueryAsync<(ContentHash Hash, byte[] Bytes)>(new(
            "SELECT content_hash, image_data FROM game_images WHERE content_hash = ANY (@digests) AND quarantined_at IS NULL",
            new { digests = Digests(hashes) },
            cancellationToken: ct));

        // Damaged bytes could be those of another image.
        return stored
            .Where(image => ContentHash.Of(image.Bytes) == image.Hash)
            .Select(image => CleanHash(image.Bytes))
            .OfType<ContentHash>();
    }

    private static ContentHash? CleanHash(byte[] bytes)
    {
        try
        {
            return ImageContent.Read(bytes, ImageLimits.None).Hash;
        }
        catch (ImageRefusedException)
        {
            // Version 1 stored any file. An upload of this one would be refused.
            return null;
        }
    }

    private static async Task<IReadOnlyList<PurgedImage>> ReadImagesAsync(
        string order, NpgsqlConnection connection, byte[][] digests, CancellationToken ct) =>
        await connection.QueryAsync<PurgedImage>(new(
            $"SELECT id, content_hash, mime_type, byte_length FROM game_images WHERE content_hash = ANY (@digests) {order}",
            new { digests },
            cancellationToken: ct));

    private static byte[][] Digests(IEnumerable<ContentHash> hashes) => [.. hashes.Select(hash => hash.ToDigest())];
}
