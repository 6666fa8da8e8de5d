using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>Databases of the last build that used the migrations of EF Core. EarlierBuilds/README.md describes them.</summary>
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

    /// <returns>A line for each row of each table, except the tables of the history.</returns>
    public static async Task<List<string>> RowsAsync(TestDatabase database)
    {
        var tables = await database.QueryAsync<string>(
            """
            SELECT relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('schema_history', 'schema_versions')
            """);
        var rows = tables.Select(table => $"SELECT '{table} ' || {table} FROM {table}");
        return await database.QueryAsync<string>($"{string.Join(" UNION ALL ", rows)} ORDER BY 1");
    }

    /// <returns>The names of the history tables in the database.</returns>
    public static Task<List<string>> HistoriesAsync(TestDatabase database) => database.QueryAsync<string>(
        "SELECT relname::text FROM pg_class WHERE relname IN ('schema_history', 'schema_versions') ORDER BY 1");
}
