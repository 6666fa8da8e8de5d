using System.Globalization;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>The history of the schema in a database. It has a row for each version that was applied.</summary>
/// <param name="Version">0 when there is no history.</param>
/// <param name="IsLegacy">Whether an earlier build wrote it, in <see cref="LegacyHistory"/>.</param>
internal sealed record SchemaHistory(int Version, bool IsLegacy)
{
    public const string Table = "schema_versions";

    private const string Columns = "applied_at timestamp with time zone, description text, version bigint";

    /// <summary>Reads the history from the table that has it, and changes nothing.</summary>
    /// <param name="ignoresSecond">
    /// Whether to accept that the table of earlier builds exists too. The service accepts it: an older gameimages that is run by mistake
    /// leaves an empty table behind, and nothing else is wrong.
    /// </param>
    /// <exception cref="SchemaVersionException">The program does not know the version, or the history is damaged.</exception>
    public static async Task<SchemaHistory> ReadAsync(NpgsqlConnection connection, CancellationToken ct, bool ignoresSecond = false)
    {
        try
        {
            return await TryReadAsync(connection, ignoresSecond, ct);
        }
        catch (PostgresException dropped) when (dropped.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Between the two queries, a migration has replaced the table of an earlier build. This happens only once.
            return await TryReadAsync(connection, ignoresSecond, ct);
        }
    }

    /// <returns>The version; null when the program does not know it, or the history is damaged.</returns>
    public static async Task<int?> ReadVersionOrNullAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return (await ReadAsync(connection, ct)).Version;
        }
        catch (SchemaVersionException)
        {
            return null;
        }
    }

    /// <returns>Whether a newer program wrote that programs of this version work with its schema.</returns>
    public static async Task<bool> IsCompatibleAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var comment = await connection.QuerySingleAsync<string?>(new(
            $"SELECT obj_description('public.{Table}'::regclass, 'pg_class')", cancellationToken: ct));

        return comment?.StartsWith(SchemaVersions.OldestCompatible, StringComparison.Ordinal) == true
            && int.TryParse(comment.AsSpan(SchemaVersions.OldestCompatible.Length), CultureInfo.InvariantCulture, out var version)
            && version <= SchemaVersions.Latest;
    }

    /// <returns>The last version. The versions must be complete from 1 on.</returns>
    internal static int VersionOf(string table, IEnumerable<long?> versions)
    {
        var numbers = versions.Order().ToList();
        if (numbers.SequenceEqual(Enumerable.Range(1, numbers.Count).Select(number => (long?)number)))
            return numbers.Count;

        var list = string.Join(", ", numbers.Select(number => number?.ToString(CultureInfo.InvariantCulture) ?? "null"));
        throw new SchemaVersionException(
            $"The history of the schema is damaged: {table} has the versions {list} instead of all from 1 on. "
            + "Correct its rows, or restore a backup.",
            SchemaFault.MissingVersions);
    }

    private static async Task<SchemaHistory> TryReadAsync(NpgsqlConnection connection, bool ignoresSecond, CancellationToken ct)
    {
        var (current, legacy) = await connection.QuerySingleAsync<(string?, string?)>(new(
            $"SELECT {ColumnsOf(Table)}, {ColumnsOf(LegacyHistory.Table)}", cancellationToken: ct));

        if (current is not null && legacy is not null && !ignoresSecond)
        {
            throw new SchemaVersionException(
                $"The database has two histories of its schema, {Table} and {LegacyHistory.Table}. Drop the wrong one: "
                + $"a program of an earlier build that ran after this one leaves {LegacyHistory.Table} empty.");
        }

        var history = (current, legacy) switch
        {
            (not null, _) => new SchemaHistory(await ReadVersionAsync(connection, current, ct), IsLegacy: false),
            (null, not null) => new(await LegacyHistory.ReadVersionAsync(connection, legacy, ct), IsLegacy: true),
            _ => new(0, IsLegacy: false),
        };

        if (history.Version == 0)
            await ThrowIfThereAreTablesAsync(connection, ct);

        return history;
    }

    // An earlier build could create its tables in another schema, by the search path of its connection.
    private static async Task ThrowIfThereAreTablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = await connection.QueryAsync<string>(new(
            $"""
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind = 'r' AND (relname = 'game_sessions' OR (relname = '{LegacyHistory.Table}' AND nspname <> 'public'))
            ORDER BY 1
            """,
            cancellationToken: ct));

        if (tables.Count > 0)
        {
            throw new SchemaVersionException(
                $"The schema public has no history in {Table}, but the database has {string.Join(" and ", tables)}. "
                + "Move the tables to the schema public, and restore the rows of the history, or restore a backup.");
        }
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string columns, CancellationToken ct)
    {
        ThrowUnlessOurs(Table, columns, Columns);
        var rows = await connection.QueryAsync<(long? Version, string? Description)>(new(
            $"SELECT version, description FROM public.{Table} ORDER BY version", cancellationToken: ct));
        var unknown = rows.Where(row => row.Version > SchemaVersions.Latest)
            .Select(row => $"{row.Version} {row.Description}".TrimEnd()).ToList();

        return unknown.Count == 0
            ? VersionOf(Table, rows.Select(row => row.Version))
            : throw new SchemaVersionException(
                $"The database has schema versions that this program does not know ({string.Join(", ", unknown)}): use the newer program.",
                SchemaFault.NewerVersion);
    }

    // The query reads the catalog, because an error about a missing table would abort the transaction of the caller.
    private static string ColumnsOf(string table) =>
        $"""
        (SELECT coalesce(string_agg(format('%s %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attname), '')
        FROM pg_attribute WHERE attrelid = to_regclass('public.{table}') AND attnum > 0 AND NOT attisdropped
        HAVING to_regclass('public.{table}') IS NOT NULL)
        """;

    internal static void ThrowUnlessOurs(string table, string columns, string expected)
    {
        if (columns == expected)
            return;

        throw new SchemaVersionException(
            $"The table {table} is not the history of a GameImages schema: it has the columns {columns}.");
    }
}
