using Dapper;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Testing;

/// <summary>A fresh database of the test server, for one fixture or one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    private TestDatabase(string name, string connectionString) =>
        (Name, ConnectionString, source) = (name, connectionString, NpgsqlDataSource.Create(connectionString));

    public string Name { get; }

    public string ConnectionString { get; }

    /// <param name="schemaVersion">The version of its schema; the latest unless given.</param>
    public static async Task<TestDatabase> CreateAsync(int? schemaVersion = null)
    {
        var name = await TestServer.CreateDatabaseAsync(schemaVersion ?? SchemaMigrator.LatestVersion);
        return new(name, $"{await TestServer.ConnectionStringAsync(name)};Maximum Pool Size=60");
    }

    public async Task<NpgsqlConnection> OpenAsync() => await source.OpenConnectionAsync();

    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        return (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    public async Task<T> SingleAsync<T>(string sql, object? parameters = null) => (await QueryAsync<T>(sql, parameters)).Single();

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    /// <returns>A sentence for each image or reference that is not as it has to be; none when all is well.</returns>
    public Task<List<string>> FindInconsistenciesAsync() => QueryAsync<string>(
        """
        WITH reference AS (
            SELECT thumbnail_id AS id FROM game_sessions WHERE thumbnail_id IS NOT NULL
            UNION ALL
            SELECT banner_image_id FROM game_sessions WHERE banner_image_id IS NOT NULL),
        counted AS (SELECT id, count(*) AS n FROM reference GROUP BY id)
        SELECT format('image %s counts %s references, but has %s', image.id, reference_count, coalesce(n, 0))
        FROM game_images AS image LEFT JOIN counted USING (id) WHERE reference_count <> coalesce(n, 0)
        UNION ALL
        SELECT format('image %s is unreferenced', id) FROM game_images WHERE reference_count = 0
        UNION ALL
        SELECT format('image %s has not the bytes of its hash', id) FROM game_images WHERE content_hash <> sha256(image_data)
        UNION ALL
        SELECT format('image %s is missing', counted.id) FROM counted LEFT JOIN game_images AS image USING (id) WHERE image.id IS NULL
        """);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await TestServer.DropDatabaseAsync(Name);
    }
}
