using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Migrator.Tests.Server;

/// <summary>A separate server for one fixture, because roles and settings belong to all databases of a server.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private readonly DataFolder folder = new(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);
    private EmbeddedServer server = null!;

    /// <param name="settings">Additional options of the postgres program.</param>
    public static async Task<BareServer> StartAsync(string settings)
    {
        var bare = new BareServer();
        bare.server = await EmbeddedServer.StartAsync(bare.folder, settings);
        await bare.EmptyAsync();
        return bare;
    }

    public string ConnectionString(string role = EmbeddedServer.Superuser, string database = "postgres") =>
        $"{server.ConnectionString(role, database)};Pooling=false";

    /// <summary>Drops all databases and roles that a new server does not have.</summary>
    public async Task EmptyAsync()
    {
        var databases = await QueryAsync<string>(
            "SELECT quote_ident(datname) FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')");
        foreach (var database in databases)
        {
            await ExecuteAsync($"ALTER DATABASE {database} IS_TEMPLATE false");
            await ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
        }

        var roles = string.Join(
            ", ",
            await QueryAsync<string>("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname <> 'postgres' AND rolname NOT LIKE 'pg\\_%'")
        );
        if (roles != "")
            await ExecuteAsync($"DROP OWNED BY {roles}; DROP ROLE {roles}");
    }

    public async Task<List<T>> QueryAsync<T>(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database: database));
        await connection.OpenAsync();
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database: database));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete();
    }
}
