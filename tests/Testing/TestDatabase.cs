using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;
using Respawn;

namespace GameImages.Testing;

/// <summary>A fresh database of the test server, for one fixture or one test.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // Schemas before version 11 have no uploads.
    private const string Uploads = "UNION ALL SELECT image_id FROM image_uploads";

    /// <summary>Selects a sentence for each image or reference that is inconsistent, and no row if all are consistent.</summary>
    public const string Inconsistencies =
        $"""
        WITH reference AS (
            SELECT thumbnail_id AS id FROM game_sessions WHERE thumbnail_id IS NOT NULL
            UNION ALL
            SELECT banner_image_id FROM game_sessions WHERE banner_image_id IS NOT NULL
            {Uploads}),
        counted AS (SELECT id, count(*) AS n FROM reference GROUP BY id)
        SELECT format('image %s counts %s references, but has %s', image.id, reference_count, coalesce(n, 0))
        FROM game_images AS image LEFT JOIN counted USING (id) WHERE reference_count <> coalesce(n, 0)
        UNION ALL
        SELECT format('image %s is unreferenced', id) FROM game_images WHERE reference_count = 0
        UNION ALL
        SELECT format('image %s has bytes that do not match its hash', id) FROM game_images WHERE content_hash <> sha256(image_data)
        UNION ALL
        SELECT format('image %s is missing', counted.id) FROM counted LEFT JOIN game_images AS image USING (id) WHERE image.id IS NULL
        """;

    // The image of a game counts once for the guild, even when it is both the thumbnail and the banner.
    private const string WrongUse =
        """
        WITH holder AS (
            SELECT guild_id, image_id, 1 AS games, 0 AS uploads FROM (
                SELECT id, guild_id, thumbnail_id AS image_id FROM game_sessions
                UNION SELECT id, guild_id, banner_image_id FROM game_sessions) AS shown WHERE image_id IS NOT NULL
            UNION ALL
            SELECT guild_id, image_id, 0, 1 FROM image_uploads WHERE guild_id IS NOT NULL),
        held AS (
            SELECT guild_id, image_id, byte_length, sum(games) AS games, sum(uploads) AS uploads
            FROM holder JOIN game_images ON game_images.id = image_id GROUP BY guild_id, image_id, byte_length),
        used AS (
            SELECT guild_id, count(*) AS images, sum(byte_length) AS bytes FROM held GROUP BY guild_id),
        game AS (
            SELECT guild_id, count(*) AS games FROM game_sessions GROUP BY guild_id)
        SELECT format('guild %s counts (%s), but holds (%s)', guild_id, counted, held)
        FROM (SELECT guild_id, image_id, byte_length, games, uploads FROM guild_images) AS counted
            FULL JOIN held USING (guild_id, image_id)
        WHERE (counted.byte_length, counted.games, counted.uploads) IS DISTINCT FROM (held.byte_length, held.games, held.uploads)
        UNION ALL
        SELECT format(
            'guild %s counts (%s), but uses %s images, %s bytes and %s games', guild_id, usage, used.images, used.bytes, game.games)
        FROM guild_usage AS usage FULL JOIN used USING (guild_id) FULL JOIN game USING (guild_id)
        WHERE (coalesce(usage.images, 0), coalesce(usage.bytes, 0), coalesce(usage.games, 0))
            <> (coalesce(used.images, 0), coalesce(used.bytes, 0), coalesce(game.games, 0))
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
    private readonly string schema;
    private Respawner? respawner;

    private TestDatabase(string name, string schema, ITestServer server)
    {
        Name = name;
        this.schema = schema;
        this.server = server;
        source = NpgsqlDataSource.Create(ConnectionString(EmbeddedServer.Superuser));
    }

    public string Name { get; }

    public string ConnectionString(string role) => $"{server.ConnectionString(role, Name)};Maximum Pool Size=80";

    /// <returns>A connection URI for the programs of PostgreSQL, such as pg_dump.</returns>
    public string ConnectionUri(string role)
    {
        var parts = new NpgsqlConnectionStringBuilder(server.ConnectionString(role, Name));
        return $"postgresql://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    /// <param name="schemaVersion">The version of the schema. Null means the latest version.</param>
    public static async Task<TestDatabase> CreateAsync(int? schemaVersion = null)
    {
        var (name, schema) = await TestServer.CreateDatabaseAsync(schemaVersion ?? SchemaMigrator.LatestVersion);
        return new(name, schema, await TestServer.GetAsync());
    }

    /// <summary>
    /// Deletes all rows, and keeps the schema with its history. A service that uses the database removes the deleted images from its
    /// cache, because their deletion notifies it.
    /// </summary>
    /// <returns>False if a test has changed the schema. Then the rows stay, and the next test needs a new database.</returns>
    public async Task<bool> TryResetAsync()
    {
        await using var connection = await OpenAsync();
        if (await connection.QuerySingleAsync<string>(SchemaFingerprint.Sql) != schema)
            return false;

        respawner ??= await Respawner.CreateAsync(connection, Reset);
        await respawner.ResetAsync(connection);
        return true;
    }

    /// <summary>Connects as a superuser, like every query of this class. Row-level security does not apply to it.</summary>
    public async Task<NpgsqlConnection> OpenAsync() => await source.OpenConnectionAsync();

    /// <summary>Connects as one of the roles, without a pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string role)
    {
        var connection = new NpgsqlConnection($"{ConnectionString(role)};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Waits until this number of backends wait for a lock, or sleep until they try to get it again.</summary>
    /// <param name="except">The process id of a backend that is not counted.</param>
    /// <returns>The process ids of the waiting backends.</returns>
    public Task<List<int>> WaitForWaitersAsync(int count = 1, int except = 0) =>
        WaitForBackendsAsync(
            "(wait_event_type = 'Lock' OR wait_event = 'PgSleep') AND pid <> @except", waiters => waiters.Count >= count, new { except });

    /// <summary>Waits until the only backends are idle ones.</summary>
    public Task WaitUntilAloneAsync() => WaitForBackendsAsync("state <> 'idle' AND pid <> pg_backend_pid()", others => others.Count == 0);

    /// <summary>Waits until the role has no backends.</summary>
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

    /// <summary>Makes every statement of the service fail that reads the bytes of an image.</summary>
    public Task ForbidReadingImageDataAsync() => ExecuteAsync(
        """
        REVOKE SELECT ON game_images FROM gameimages_app;
        REVOKE SELECT (image_data) ON game_images FROM gameimages_public;
        GRANT SELECT (id, content_hash, mime_type, byte_length, width, height, reference_count, created_at, updated_at, quarantined_at,
            shown_width, shown_height, placeholder)
            ON game_images TO gameimages_app;
        """);

    /// <returns>A sentence for each image, reference or use that is inconsistent. The list is empty if all are consistent.</returns>
    public async Task<List<string>> FindInconsistenciesAsync() =>
        await SingleAsync<bool>("SELECT to_regclass('image_uploads') IS NOT NULL")
            ? [.. await QueryAsync<string>(Inconsistencies), .. await QueryAsync<string>(WrongUse)]
            : await QueryAsync<string>(Inconsistencies.Replace(Uploads, "", StringComparison.Ordinal));

    // PostgreSQL does not report when a backend starts to wait or ends, so this asks repeatedly, for 30 seconds at most.
    private async Task<List<int>> WaitForBackendsAsync(string condition, Func<List<int>, bool> isReached, object? parameters = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var connection = await OpenAsync();

        while (true)
        {
            var found = await connection.QueryAsync<int>(new(
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
