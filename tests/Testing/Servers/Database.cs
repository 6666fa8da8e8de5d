using System.Data;
using System.Globalization;
using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Testing.Servers;

/// <summary>A PostgreSQL server on the core of the servers. It waits for its disk as in production.</summary>
internal sealed class Database : IAsyncDisposable
{
    // Two pools of the service and one of bare Kestrel may open a hundred connections each.
    private const string Settings = "-c max_connections=400";

    private readonly EmbeddedServer server;
    private readonly NpgsqlDataSource source;

    private Database(DataFolder folder, EmbeddedServer server)
    {
        Folder = folder;
        this.server = server;
        source = NpgsqlDataSource.Create(ConnectionString(EmbeddedServer.Superuser));
    }

    public DataFolder Folder { get; }

    /// <summary>The server and its backends.</summary>
    public ProcessGroup Processes { get; private set; } = null!;

    /// <param name="folder">The folder of the database. Existing data is kept.</param>
    public static async Task<Database> StartAsync(DataFolder folder, CancellationToken ct)
    {
        var database = new Database(folder, await EmbeddedServer.StartAsync(folder, Settings, ct));
        try
        {
            await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(SchemaMigrator.LatestVersion, ct);

            var backend = await database.QueryAsync<int>("SELECT pg_backend_pid()", ct);
            database.Processes = new(
                int.Parse(ProcessGroup.Statistics(backend.Single())[ProcessGroup.Parent], CultureInfo.InvariantCulture));

            foreach (var process in database.Processes.Ids)
                await Cores.PinAsync(process, Cores.Server, ct);

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string role) => server.ConnectionString(role);

    /// <summary>Runs a query as a superuser, who can read the games of all guilds.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var command = new CommandDefinition(sql, commandTimeout: 600, commandType: CommandType.Text, cancellationToken: ct);
        return (await connection.QueryAsync<T>(command)).AsList();
    }

    public Task ExecuteAsync(string sql, CancellationToken ct) => QueryAsync<int>(sql, ct);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await server.DisposeAsync();
    }
}
