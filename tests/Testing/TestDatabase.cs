using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using Npgsql;
using Respawn;

namespace GameImages.Testing;

/// <summary>A fresh database of the test server, for one fixture or one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Selects a sentence for each image or reference that is not as it has to be; none when all is well.</summary>
    public const string Inconsistencies =
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
        """;

    private static readonly RespawnerOptions Reset = new()
    {
        DbAdapter = DbAdapter.Postgres,
        SchemasToInclude = ["public"],
        TablesToIgnore = ["schema_history", "schema_versions"],
        WithReseed = true,
    };

    private readonly ITestServer server;
    private readonly NpgsqlDataSource source;
    private Respawner? respawner;

    private readonly string schema;

    private TestDatabase(string name, string schema, ITestServer server)
    {
        (Name, this.schema, this.server) = (name, schema, server);
        source = NpgsqlDataSource.Create(ConnectionString(EmbeddedServer.Superuser));
    }

    public string Name { get; }

    public string ConnectionString(string role) => $"{server.ConnectionString(role, Name)};Maximum Pool Size=80";

    /// <returns>The same for PostgreSQL's own programs.</returns>
    public string ConnectionUri(string role)
    {
        var parts = new NpgsqlConnectionStringBuilder(server.ConnectionString(role, Name));
        return $"postgresql://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    /// <param name="schemaVersion">The version of its schema; the latest unless given.</param>
    public static async Task<TestDatabase> CreateAsync(int? schemaVersion = null)
    {
        var (name, schema) = await TestServer.CreateDatabaseAsync(schemaVersion ?? SchemaMigrator.LatestVersion);
        return new(name, schema, await TestServer.GetAsync());
    }

    /// <summary>
    /// Deletes all rows, and keeps the schema with its history. A service that runs on the database forgets the deleted images:
    /// their deletion notifies it.
    /// </summary>
    /// <returns>False, and the rows stay, when the schema is no longer what it was at first: the next test needs another database.</returns>
    public async Task<bool> TryResetAsync()
    {
        await using var connection = await OpenAsync();
        if (await connection.QuerySingleAsync<string>(SchemaFingerprint.Sql) != schema)
            return false;

        respawner ??= await Respawner.CreateAsync(connection, Reset);
        await respawner.ResetAsync(connection);
        return true;
    }

    /// <summary>As a superuser, like every query of a test: row security hides nothing from it.</summary>
    public async Task<NpgsqlConnection> OpenAsync() => await source.OpenConnectionAsync();

    /// <summary>As one of the roles, without a pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string role)
    {
        var connection = new NpgsqlConnection($"{ConnectionString(role)};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <returns>The processes of the backends that wait for a lock, as soon as there are so many.</returns>
    public Task<List<int>> WaitForWaitersAsync(int count = 1, int except = 0) =>
        WaitForBackendsAsync("wait_event_type = 'Lock' AND pid <> @except", waiters => waiters.Count >= count, new { except });

    /// <summary>Returns when nobody but the test's own idle connections is left.</summary>
    public Task WaitUntilAloneAsync() => WaitForBackendsAsync("state <> 'idle' AND pid <> pg_backend_pid()", others => others.Count == 0);

    /// <summary>Returns when no backend of a role is left.</summary>
    public Task WaitUntilGoneAsync(string role) => WaitForBackendsAsync("usename = @role", left => left.Count == 0, new { role });

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

    /// <summary>From now on any statement of the service that reads the bytes of an image fails.</summary>
    public Task ForbidReadingImageDataAsync() => ExecuteAsync(
        """
        REVOKE SELECT ON game_images FROM gameimages_app;
        REVOKE SELECT (image_data) ON game_images FROM gameimages_public;
        GRANT SELECT (id, content_hash, mime_type, byte_length, width, height, reference_count, created_at, updated_at, quarantined_at) ON game_images TO gameimages_app;
        """);

    /// <returns>A sentence for each image or reference that is not as it has to be; none when all is well.</returns>
    public Task<List<string>> FindInconsistenciesAsync() => QueryAsync<string>(Inconsistencies);

    // Asks again and again, for half a minute at most: the server tells nobody when a backend starts to wait or ends.
    private async Task<List<int>> WaitForBackendsAsync(string condition, Func<List<int>, bool> isReached, object? parameters = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var connection = await OpenAsync();

        while (true)
        {
            var found = await connection.QueryAsync<int>(
                new(
                    $"SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND {condition}",
                    parameters,
                    cancellationToken: patience.Token));

            if (isReached(found.AsList()))
                return found.AsList();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await TestServer.DropDatabaseAsync(Name);
    }
}
