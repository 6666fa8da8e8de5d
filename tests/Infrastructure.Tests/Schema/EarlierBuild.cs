using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>Databases that the last build with EF Core's migration engine made; see EarlierBuilds/README.md.</summary>
internal static class EarlierBuild
{
    public static readonly int[] Versions = [1, 2, 3, 4, 5, 6, 7, 8];

    public static async Task<TestDatabase> RestoreAsync(int version)
    {
        var database = await TestDatabase.CreateAsync(schemaVersion: 0);
        var file = Path.Combine(TestContext.CurrentContext.TestDirectory, "Schema", "EarlierBuilds", $"version{version}.sql");
        await using var connection = await database.OpenAsync(EmbeddedServer.Superuser);
        await connection.ExecuteAsync(await File.ReadAllTextAsync(file));
        return database;
    }

    /// <returns>A line for each row of each table but those of the history.</returns>
    public static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        var tables = await database.QueryAsync<string>(
            """
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('schema_history', 'schema_versions')
            """);
        return await database.QueryAsync<string>(
            string.Join(" UNION ALL ", tables.Select(table => $"SELECT '{table} ' || {table} FROM {table}")) + " ORDER BY 1");
    }

    /// <returns>The tables of the history that there are.</returns>
    public static Task<List<string>> HistoriesAsync(TestDatabase database) => database.QueryAsync<string>(
        "SELECT relname::text FROM pg_class WHERE relname IN ('schema_history', 'schema_versions') ORDER BY 1");
}
