using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Images;

/// <summary>The space that a table takes.</summary>
/// <param name="ToastBytes">The size of the TOAST table, where PostgreSQL keeps long values such as the bytes of images.</param>
/// <param name="DeadRows">The number of rows that VACUUM has not removed yet, as the server estimates it.</param>
/// <param name="DeadToastRows">The same number for the TOAST table.</param>
/// <param name="BloatBytes">The bytes of the TOAST table that the images do not need; null for a table without images.</param>
public sealed record TableStatistics(
    string Table,
    long HeapBytes,
    long ToastBytes,
    long IndexBytes,
    long DeadRows,
    long DeadToastRows,
    long? BloatBytes)
{
    internal static async Task<IReadOnlyList<TableStatistics>> ReadAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.QueryAsync<TableStatistics>(new(
            """
            SELECT pg_class.relname::text AS table, pg_relation_size(pg_class.oid) AS heap_bytes,
                coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) AS toast_bytes, pg_indexes_size(pg_class.oid) AS index_bytes,
                coalesce(main.n_dead_tup, 0) AS dead_rows, coalesce(toast.n_dead_tup, 0) AS dead_toast_rows,
                -- TOAST stores pieces of 1996 bytes, four of them in a page of 8192 bytes.
                CASE pg_class.relname WHEN 'game_images' THEN greatest(
                    0,
                    pg_relation_size(nullif(reltoastrelid, 0))
                        - (SELECT coalesce(sum((byte_length + 1995) / 1996), 0) * 2048 FROM game_images))::bigint END AS bloat_bytes
            FROM pg_class
                LEFT JOIN pg_stat_all_tables AS main ON main.relid = pg_class.oid
                LEFT JOIN pg_stat_all_tables AS toast ON toast.relid = reltoastrelid
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_total_relation_size(pg_class.oid) DESC
            """,
            cancellationToken: ct));
}
