using System.Data;
using System.Globalization;
using Dapper;
using GameImages.Benchmarks.Measure;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Benchmarks.Servers;

/// <summary>A PostgreSQL on the core of the servers, that waits for its disk as in production.</summary>
internal sealed class Database : IAsyncDisposable
{
    // Two pools of the service and one of the baseline may have a hundred each.
    private const string Settings = "-c max_connections=400";

    private readonly EmbeddedServer server;
    private readonly NpgsqlDataSource source;

    private Database(DataFolder folder, EmbeddedServer server)
    {
        (Folder, this.server) = (folder, server);
        source = NpgsqlDataSource.Create(ConnectionString(EmbeddedServer.Superuser));
    }

    public DataFolder Folder { get; }

    /// <summary>The server and its backends.</summary>
    public ProcessGroup Processes { get; private set; } = null!;

    /// <param name="folder">What is in it stays.</param>
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

    /// <summary>As a superuser, who sees the games of all guilds.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return (
            await connection.QueryAsync<T>(new(sql, commandTimeout: 600, commandType: CommandType.Text, cancellationToken: ct))).AsList();
    }

    public Task ExecuteAsync(string sql, CancellationToken ct) => QueryAsync<int>(sql, ct);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await server.DisposeAsync();
    }
}
