using System.Data;

namespace GameImages.Operations.Images;

/// <summary>What the pictures amount to. Everything that ends with bytes is in bytes.</summary>
/// <param name="References">Places in games that show them.</param>
/// <param name="SavedBytes">What each further place would have taken if every game kept its pictures itself.</param>
/// <param name="WaitingGames">Those with changes to announce; ParkedGames, those of which nobody tries to announce anything any more.</param>
public sealed record ImageStatistics(
    long Images,
    long References,
    long StoredBytes,
    long SavedBytes,
    long Quarantined,
    long Blocked,
    long WaitingGames,
    long ParkedGames,
    IReadOnlyList<FormatStatistics> Formats,
    IReadOnlyList<AgeStatistics> Ages,
    IReadOnlyList<SharedImage> MostShared,
    IReadOnlyList<TableStatistics> Tables)
{
    /// <param name="mostShared">How many of the most shared pictures to name.</param>
    public static async Task<ImageStatistics> ReadAsync(OperatorDatabase database, int mostShared, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

        var (images, references, stored, saved, quarantined, blocked) = await connection.QuerySingleAsync<(
            long,
            long,
            long,
            long,
            long,
            long)>(
            new(
                """
                SELECT count(*), coalesce(sum(reference_count), 0), coalesce(sum(byte_length), 0)::bigint,
                    coalesce(sum(byte_length::bigint * greatest(reference_count - 1, 0)), 0)::bigint, count(quarantined_at), (SELECT count(*) FROM blocked_hashes)
                FROM game_images
                """,
                cancellationToken: ct));

        var (waiting, parked) = await connection.QuerySingleAsync<(long, long)>(new(
            """
            SELECT count(*) FILTER (WHERE NOT is_parked), count(*) FILTER (WHERE is_parked)
            FROM (SELECT bool_and(parked_at IS NOT NULL) AS is_parked FROM outbox GROUP BY game_id) AS game
            """,
            cancellationToken: ct));

        return new(images, references, stored, saved, quarantined, blocked, waiting, parked,
            await ListAsync<FormatStatistics>(
                """
                SELECT mime_type, count(*) AS images, sum(byte_length)::bigint AS bytes, max(byte_length)::bigint AS largest_bytes
                FROM game_images GROUP BY mime_type ORDER BY images DESC, mime_type
                """),
            await ListAsync<AgeStatistics>(
                """
                SELECT label AS stored, count(id) AS images, coalesce(sum(byte_length), 0)::bigint AS bytes
                FROM (VALUES (1, 'in the last day', now() - interval '1 day', 'infinity'),
                             (2, 'in the last 30 days', now() - interval '30 days', now() - interval '1 day'),
                             (3, 'in the last year', now() - interval '1 year', now() - interval '30 days'),
                             (4, 'earlier', '-infinity', now() - interval '1 year')) AS age (position, label, after, until)
                    LEFT JOIN game_images ON created_at > after AND created_at <= until
                GROUP BY position, label ORDER BY position
                """),
            await ListAsync<SharedImage>(
                """
                SELECT id, mime_type, byte_length::bigint AS bytes, reference_count::bigint AS references FROM game_images
                WHERE reference_count > 1 ORDER BY reference_count DESC, id LIMIT @mostShared
                """),
            await ListAsync<TableStatistics>(
                """
                SELECT pg_class.relname::text AS table, pg_relation_size(pg_class.oid) AS heap_bytes, coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) AS toast_bytes,
                    pg_indexes_size(pg_class.oid) AS index_bytes, coalesce(main.n_dead_tup, 0) AS dead_rows, coalesce(toast.n_dead_tup, 0) AS dead_toast_rows,
                    -- TOAST keeps pieces of 1996 bytes, four of them to a page of 8192.
                    CASE pg_class.relname WHEN 'game_images' THEN greatest(0, pg_relation_size(nullif(reltoastrelid, 0)) - (SELECT coalesce(sum((byte_length + 1995) / 1996), 0) * 2048 FROM game_images))::bigint END AS bloat_bytes
                FROM pg_class
                    LEFT JOIN pg_stat_all_tables AS main ON main.relid = pg_class.oid
                    LEFT JOIN pg_stat_all_tables AS toast ON toast.relid = reltoastrelid
                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_total_relation_size(pg_class.oid) DESC
                """));

        async Task<IReadOnlyList<T>> ListAsync<T>(string sql) =>
            await connection.QueryAsync<T>(new(sql, new { mostShared }, cancellationToken: ct));
    }
}

public sealed record FormatStatistics(string MimeType, long Images, long Bytes, long LargestBytes);

/// <param name="Stored">When they were stored, in words.</param>
public sealed record AgeStatistics(string Stored, long Images, long Bytes);

public sealed record SharedImage(Guid Id, string MimeType, long Bytes, long References);

/// <param name="ToastBytes">Where PostgreSQL keeps long values, such as the bytes of pictures.</param>
/// <param name="DeadRows">Not removed by VACUUM yet, by the server's own estimate; likewise of TOAST.</param>
/// <param name="BloatBytes">Of TOAST, beyond what the pictures need; null for tables without pictures.</param>
public sealed record TableStatistics(
    string Table,
    long HeapBytes,
    long ToastBytes,
    long IndexBytes,
    long DeadRows,
    long DeadToastRows,
    long? BloatBytes);
