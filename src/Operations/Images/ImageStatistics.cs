using System.Data;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>How many images are stored and how much space they take. All members whose names end with Bytes are in bytes.</summary>
/// <param name="References">The number of places in games that show an image.</param>
/// <param name="SavedBytes">The bytes that sharing saves: each further place would need its own copy.</param>
/// <param name="Uploads">The number of uploads that have not ended.</param>
/// <param name="UploadedBytes">The bytes of the images that uploads hold. Each image counts once.</param>
/// <param name="Variants">The number of smaller copies of images.</param>
/// <param name="WaitingGames">The number of games with changes that the bot will announce.</param>
/// <param name="ParkedGames">The number of games whose changes are all parked.</param>
public sealed record ImageStatistics(
    long Images,
    long References,
    long StoredBytes,
    long SavedBytes,
    long Uploads,
    long UploadedBytes,
    long Variants,
    long VariantBytes,
    long Quarantined,
    long Blocked,
    long WaitingGames,
    long ParkedGames,
    IReadOnlyList<FormatStatistics> Formats,
    IReadOnlyList<AgeStatistics> Ages,
    IReadOnlyList<SharedImage> MostShared,
    IReadOnlyList<TableStatistics> Tables)
{
    /// <summary>Selects the images. Each upload counts as a reference, but it is no place in a game.</summary>
    internal const string ImagesWithPlaces =
        """
        SELECT id, mime_type, byte_length, quarantined_at, (reference_count - coalesce(uploads, 0))::bigint AS places
        FROM game_images LEFT JOIN (SELECT image_id, count(*) AS uploads FROM image_uploads GROUP BY image_id) AS upload ON image_id = id
        """;

    /// <param name="mostShared">The number of images to list in <see cref="MostShared"/>.</param>
    /// <exception cref="RefusedException">Row-level security hides uploads from the role, or the schema is older.</exception>
    public static async Task<ImageStatistics> ReadAsync(OperatorDatabase database, int mostShared, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct, "image_uploads", "uploads");
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

        var (images, references, stored, saved, quarantined, blocked) =
            await connection.QuerySingleAsync<(long, long, long, long, long, long)>(new(
                $"""
                SELECT count(*), coalesce(sum(places), 0)::bigint, coalesce(sum(byte_length), 0)::bigint,
                    coalesce(sum(byte_length * greatest(places - 1, 0)), 0)::bigint,
                    count(quarantined_at), (SELECT count(*) FROM blocked_hashes)
                FROM ({ImagesWithPlaces}) AS image
                """,
                cancellationToken: ct));
        var (uploads, uploaded) = await connection.QuerySingleAsync<(long, long)>(new(
            """
            SELECT count(*),
                (SELECT coalesce(sum(byte_length), 0) FROM game_images WHERE id IN (SELECT image_id FROM image_uploads))::bigint
            FROM image_uploads
            """,
            cancellationToken: ct));
        var (variants, variantBytes) = await connection.QuerySingleAsync<(long, long)>(new(
            "SELECT count(*), coalesce(sum(byte_length), 0)::bigint FROM image_variants", cancellationToken: ct));
        var (waiting, parked) = await connection.QuerySingleAsync<(long, long)>(new(
            """
            SELECT count(*) FILTER (WHERE NOT is_parked), count(*) FILTER (WHERE is_parked)
            FROM (SELECT bool_and(parked_at IS NOT NULL) AS is_parked FROM outbox GROUP BY game_id) AS game
            """,
            cancellationToken: ct));

        return new(
            images, references, stored, saved, uploads, uploaded, variants, variantBytes, quarantined, blocked, waiting, parked,
            await FormatStatistics.ReadAsync(connection, ct), await AgeStatistics.ReadAsync(connection, ct),
            await SharedImage.ReadAsync(connection, mostShared, ct), await TableStatistics.ReadAsync(connection, ct));
    }
}

public sealed record FormatStatistics(string MimeType, long Images, long Bytes, long LargestBytes)
{
    internal static async Task<IReadOnlyList<FormatStatistics>> ReadAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.QueryAsync<FormatStatistics>(new(
            """
            SELECT mime_type, count(*) AS images, sum(byte_length)::bigint AS bytes, max(byte_length)::bigint AS largest_bytes
            FROM game_images GROUP BY mime_type ORDER BY images DESC, mime_type
            """,
            cancellationToken: ct));
}

/// <param name="Stored">The period in which the images were stored, in words.</param>
public sealed record AgeStatistics(string Stored, long Images, long Bytes)
{
    internal static async Task<IReadOnlyList<AgeStatistics>> ReadAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.QueryAsync<AgeStatistics>(new(
            """
            SELECT label AS stored, count(id) AS images, coalesce(sum(byte_length), 0)::bigint AS bytes
            FROM (VALUES
                (1, 'in the last day', now() - interval '1 day', 'infinity'),
                (2, 'in the last 30 days', now() - interval '30 days', now() - interval '1 day'),
                (3, 'in the last year', now() - interval '1 year', now() - interval '30 days'),
                (4, 'earlier', '-infinity', now() - interval '1 year')) AS age (position, label, after, until)
                LEFT JOIN game_images ON created_at > after AND created_at <= until
            GROUP BY position, label ORDER BY position
            """,
            cancellationToken: ct));
}

public sealed record SharedImage(Guid Id, string MimeType, long Bytes, long References)
{
    internal static async Task<IReadOnlyList<SharedImage>> ReadAsync(NpgsqlConnection connection, int count, CancellationToken ct) =>
        await connection.QueryAsync<SharedImage>(new(
            $"""
            SELECT id, mime_type, byte_length::bigint AS bytes, places AS references FROM ({ImageStatistics.ImagesWithPlaces}) AS image
            WHERE places > 1 ORDER BY places DESC, id LIMIT @count
            """,
            new { count },
            cancellationToken: ct));
}
