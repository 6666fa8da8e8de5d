using GameImages.Application;
using GameImages.Domain.Images;
using Npgsql;

namespace GameImages.Operations.Images;

public sealed record PurgedImage(Guid Id, ContentHash ContentHash, ImageFormat MimeType, int ByteLength);

/// <summary>What a purge takes away, or has taken.</summary>
/// <param name="Hashes">Of the picture, as it is stored and as it would be stored today.</param>
/// <param name="Games">How many show it.</param>
public sealed record Purge(IReadOnlyList<ContentHash> Hashes, IReadOnlyList<PurgedImage> Images, long Games)
{
    public long Bytes => Images.Sum(image => (long)image.ByteLength);
}

/// <summary>Takes a picture out of every game at once, and may keep it from being stored again.</summary>
public sealed class ImagePurge(OperatorDatabase database)
{
    private readonly RetryPipeline retry = new(TimeProvider.System);

    /// <returns>What a purge of this image would take away.</returns>
    /// <exception cref="NotFoundException">There is no such image.</exception>
    public async Task<Purge> PlanAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        var hash = await connection.QuerySingleOrDefaultAsync<ContentHash?>(
            new("SELECT content_hash FROM game_images WHERE id = @id", new { id }, cancellationToken: ct)
        ) ?? throw new NotFoundException($"There is no image {id}.");
        return await PlanAsync([hash], connection, ct);
    }

    /// <param name="hashes">Of one picture; none of them needs to be stored.</param>
    /// <returns>What a purge of them would take away.</returns>
    public async Task<Purge> PlanAsync(IReadOnlyList<ContentHash> hashes, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        return await PlanAsync(hashes, connection, ct);
    }

    /// <summary>Deletes the images that have these hashes by now and takes them out of the games; all of it, or nothing.</summary>
    /// <param name="block">Whether the hashes are blocked as well.</param>
    /// <exception cref="OutcomeUnknownException">The connection was lost while committing.</exception>
    public Task<Purge> RunAsync(IReadOnlyList<ContentHash> hashes, bool block, string? reason, CancellationToken ct) =>
        retry.RunAsync(
            async () =>
            {
                await using var connection = await database.OpenUnfilteredAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(ct);
                var digests = Digests(hashes);

                if (block)
                    await BlockedHashes.AddAsync(hashes, reason, transaction, ct);

                // As the service locks: games before images. A game that begins to show the picture after this is not among them; should its
                // next change and the purge wait for each other, one of the two begins again.
                await connection.ExecuteAsync(
                    Sql(
                        """
                        SELECT FROM game_sessions AS game JOIN game_images AS image ON image.id = thumbnail_id OR image.id = banner_image_id
                        WHERE content_hash = ANY (@digests)
                        ORDER BY game.id
                        FOR UPDATE OF game
                        """,
                        new { digests }));
                var images = await ReadImagesAsync("ORDER BY content_hash, mime_type FOR UPDATE", connection, digests, ct);
                var ids = images.Select(image => image.Id).ToArray();

                // Nobody can refer to an image that is locked. So these are all the games that ever will, those that came meanwhile included.
                var games = await connection.ExecuteAsync(
                    Sql(
                        """
                        UPDATE game_sessions
                        SET thumbnail_id = CASE WHEN thumbnail_id = ANY (@ids) THEN NULL ELSE thumbnail_id END,
                            banner_image_id = CASE WHEN banner_image_id = ANY (@ids) THEN NULL ELSE banner_image_id END,
                            updated_at = clock_timestamp()
                        WHERE thumbnail_id = ANY (@ids) OR banner_image_id = ANY (@ids)
                        """,
                        new { ids }));

                // By index: the planner's statistics may still count the games that have just let go.
                await connection.ExecuteAsync(
                    Sql("SET LOCAL enable_seqscan = off; DELETE FROM game_images WHERE id = ANY (@ids)", new { ids }));
                await transaction.CommitToTheEndAsync();
                return new Purge(hashes, images, games);

                Dapper.CommandDefinition Sql(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: ct);
            },
            ct);

    private static async Task<Purge> PlanAsync(IReadOnlyList<ContentHash> hashes, NpgsqlConnection connection, CancellationToken ct)
    {
        IReadOnlyList<ContentHash> all = [.. hashes.Union(await ReadCleanHashesAsync(hashes, connection, ct))];
        var images = await ReadImagesAsync("ORDER BY content_hash, mime_type", connection, Digests(all), ct);
        var games = await connection.QuerySingleAsync<long>(new(
            "SELECT count(*) FROM game_sessions WHERE thumbnail_id = ANY (@ids) OR banner_image_id = ANY (@ids)",
            new { ids = images.Select(image => image.Id).ToArray() }, cancellationToken: ct));
        return new(all, images, games);
    }

    // A picture that version 1 had stored still has its metadata; an upload of the same file has not, and so another hash.
    private static async Task<IEnumerable<ContentHash>> ReadCleanHashesAsync(
        IReadOnlyList<ContentHash> hashes,
        NpgsqlConnection connection,
        CancellationToken ct)
    {
        var stored = await connection.QueryAsync<(ContentHash Hash, byte[] Bytes)>(new(
            "SELECT content_hash, image_data FROM game_images WHERE content_hash = ANY (@digests) AND quarantined_at IS NULL",
            new { digests = Digests(hashes) }, cancellationToken: ct));

        // Bytes that were damaged could be those of another picture.
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
            // Version 1 took anything. No upload is like it.
            return null;
        }
    }

    private static async Task<IReadOnlyList<PurgedImage>> ReadImagesAsync(
        string order,
        NpgsqlConnection connection,
        byte[][] digests,
        CancellationToken ct) =>
        await connection.QueryAsync<PurgedImage>(
            new(
                $"SELECT id, content_hash, mime_type, byte_length FROM game_images WHERE content_hash = ANY (@digests) {order}",
                new { digests },
                cancellationToken: ct));

    private static byte[][] Digests(IEnumerable<ContentHash> hashes) => [.. hashes.Select(hash => hash.ToDigest())];
}
