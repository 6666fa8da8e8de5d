using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// The history table of earlier builds, which moved the schema with EF Core. The next migration replaces it with <see
/// cref="SchemaHistory"/>.
/// </summary>
internal static class LegacyHistory
{
    public const string Table = "schema_history";

    /// <summary>The columns of the table with their types, ordered by name.</summary>
    public const string Columns = "MigrationId character varying(150), ProductVersion character varying(32)";

    /// <summary>The ids of the versions 1 to 8 in this table. It never had later versions.</summary>
    public static readonly IReadOnlyList<string> Ids =
    [
        "20260207000100_InitialSchema",
        "20260207000200_MigrateImagesToSeparateTable",
        "20261122000300_LeastPrivilege",
        "20261122000400_BlockAndQuarantine",
        "20261122000500_NotifyImageChanges",
        "20261122000600_KeysetPagination",
        "20261122000700_Outbox",
        "20261130000800_GuildChannels",
    ];

    /// <param name="columns">The columns that the table has.</param>
    /// <exception cref="SchemaVersionException">
    /// The table has other columns than <see cref="Columns"/>, or does not list the versions from 1 on.
    /// </exception>
    public static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string columns, CancellationToken ct)
    {
        SchemaHistory.ThrowUnlessOurs(Table, columns, Columns);
        var ids = await connection.QueryAsync<string>(new($"SELECT \"MigrationId\" FROM public.{Table}", cancellationToken: ct));
        var unknown = ids.Except(Ids).Order(StringComparer.Ordinal).ToList();

        return unknown.Count == 0
            ? SchemaHistory.VersionOf(Table, ids.Select(id => (long?)Ids.TakeWhile(known => known != id).Count() + 1))
            : throw new SchemaVersionException(
                $"The database has migrations that this program does not know ({string.Join(", ", unknown)}): "
                + "use the program that made them.");
    }
}
