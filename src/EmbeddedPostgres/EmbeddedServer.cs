using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GameImages.EmbeddedPostgres;

/// <summary>A use of the private PostgreSQL of a data folder. The server runs from its first use to the end of its last, in whichever processes they are.</summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    public const string Superuser = "postgres";
    public const string Owner = "gameimages_owner";
    public const string Database = "gameimages";

    // Here and not by the migration, whose owner then needs no right to create roles.
    private static readonly string[] Roles = [Owner, "gameimages_app", "gameimages_public", "gameimages_bot"];

    private readonly DataFolder folder;
    private readonly Process? supervisor;
    private readonly int port;

    private EmbeddedServer(DataFolder folder, int port, Process? supervisor) =>
        (this.folder, this.port, this.supervisor) = (folder, port, supervisor);

    /// <summary>Starts the server, or finds it running, and makes sure that its database and its roles are there.</summary>
    /// <param name="settings">Further options of the postgres program, used when this call is the one that starts it.</param>
    /// <exception cref="EmbeddedServerException">There are no server programs, or they failed.</exception>
    public static async Task<EmbeddedServer> StartAsync(DataFolder folder, string settings = "", CancellationToken ct = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new EmbeddedServerException(
                "The embedded PostgreSQL runs on Linux. Set ConnectionStrings__GameImages to a server that runs already.");

        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "supervise.sh"),
                folder.Path,
                ServerPrograms.Find(),
                FreePorts(),
                settings,
            },
            Environment = { ["POSTGRES_PASSWORD"] = folder.Secret($"{Superuser}.password") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var supervisor = Process.Start(start)!;

        try
        {
            if (await supervisor.StandardOutput.ReadLineAsync(ct) is not { } ready)
                throw new EmbeddedServerException(
                    $"The embedded PostgreSQL in {folder.Path} did not start:\n{await supervisor.StandardError.ReadToEndAsync(ct)}");

            var server = new EmbeddedServer(folder, int.Parse(ready.AsSpan("ready ".Length), CultureInfo.InvariantCulture), supervisor);
            await server.CreateDatabaseAsync(ct);
            return server;
        }
        catch
        {
            await StopAsync(supervisor);
            throw;
        }
    }

    /// <returns>The server of the folder if it runs, without becoming one of its users; otherwise null.</returns>
    public static async Task<EmbeddedServer?> FindAsync(DataFolder folder, CancellationToken ct = default)
    {
        var portFile = Path.Combine(folder.Path, "port");

        if (!File.Exists(portFile) || !int.TryParse(await File.ReadAllTextAsync(portFile, ct), CultureInfo.InvariantCulture, out var port))
            return null;

        var server = new EmbeddedServer(folder, port, null);
        try
        {
            // The file outlives the server, and may name a port that somebody else has by now; only our server takes our password.
            await using var connection = await server.OpenAsync(Owner, Database, ct);
            return server;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <returns>A connection string for one of this server's roles, in the form that Npgsql takes.</returns>
    public string ConnectionString(string role, string database = Database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Database = database,
        Username = role,
        Password = folder.Secret($"{role}.password"),
    }.ConnectionString;

    /// <returns>The same as a URI, in the form that psql takes.</returns>
    public string ConnectionUri(string role, string database = Database) =>
        $"postgresql://{role}:{folder.Secret($"{role}.password")}@{IPAddress.Loopback}:{port}/{database}";

    /// <summary>Ends this use; returns when the server has stopped, if this was the last.</summary>
    public async ValueTask DisposeAsync()
    {
        if (supervisor is not null)
            await StopAsync(supervisor);
    }

    private static async Task StopAsync(Process supervisor)
    {
        supervisor.StandardInput.Close();
        await supervisor.WaitForExitAsync();
        supervisor.Dispose();
    }

    private async Task CreateDatabaseAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(Superuser, "postgres", ct);

        // CREATE DATABASE takes no transaction and no IF NOT EXISTS; the lock, which ends with the connection, makes processes
        // that start at once take turns.
        await ExecuteAsync("SELECT pg_advisory_lock(1)");

        foreach (var role in Roles)
        {
            var verb = await ExistsAsync("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role) ? "ALTER" : "CREATE";

            // Also when it is there: a role may change its own password.
            await ExecuteAsync($"{verb} ROLE {role} LOGIN PASSWORD '{folder.Secret($"{role}.password")}'");
        }

        if (!await ExistsAsync("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", Database))
        {
            await RestrictNewDatabasesAsync(ct);
            await ExecuteAsync("REVOKE ALL ON DATABASE postgres FROM PUBLIC");
            await ExecuteAsync($"CREATE DATABASE {Database} OWNER {Owner}");
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }

        async Task<bool> ExistsAsync(string sql, string name)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
            return (bool)(await command.ExecuteScalarAsync(ct))!;
        }
    }

    // Large objects need no table: anybody could fill the disk with them. Only a superuser can take that away.
    private async Task RestrictNewDatabasesAsync(CancellationToken ct)
    {
        await using var template = await OpenAsync(Superuser, "template1", ct);
        await using var revoke = new NpgsqlCommand(
            "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC",
            template);
        await revoke.ExecuteNonQueryAsync(ct);
    }

    private async Task<NpgsqlConnection> OpenAsync(string role, string database, CancellationToken ct)
    {
        var connection = new NpgsqlConnection($"{ConnectionString(role, database)};Pooling=false");
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Several, because another process may take one before the server does.
    private static string FreePorts()
    {
        var listeners = Enumerable.Range(0, 4).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = string.Join(' ', listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port));
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
