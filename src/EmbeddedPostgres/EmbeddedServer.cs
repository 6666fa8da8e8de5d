using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GameImages.EmbeddedPostgres;

/// <summary>
/// A use of the private PostgreSQL server of a data folder. Several processes can use the server. The first use starts it, and the end of
/// the last use stops it.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    public const string Superuser = "postgres";
    public const string Owner = "gameimages_owner";
    public const string Database = "gameimages";

    private readonly DataFolder folder;
    private readonly Process? supervisor;
    private readonly int port;

    private EmbeddedServer(DataFolder folder, int port, Process? supervisor)
    {
        this.folder = folder;
        this.port = port;
        this.supervisor = supervisor;
    }

    /// <summary>Starts the server unless it runs already, and creates its database and roles if they do not exist.</summary>
    /// <param name="settings">More options for the postgres program. They have no effect when the server runs already.</param>
    /// <exception cref="EmbeddedServerException">The server programs are missing, or they failed.</exception>
    public static async Task<EmbeddedServer> StartAsync(DataFolder folder, string settings = "", CancellationToken ct = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new EmbeddedServerException(
                "The embedded PostgreSQL runs on Linux only. Set ConnectionStrings__GameImages to use another server.");

        var script = Path.Combine(AppContext.BaseDirectory, "supervise.sh");
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { script, folder.Path, ServerPrograms.Find(), FreePorts(), settings },
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
            await DatabaseSetup.RunAsync(server, folder, ct);
            return server;
        }
        catch
        {
            await StopAsync(supervisor);
            throw;
        }
    }

    /// <summary>Finds the server of the folder without using it: the server may stop at any time.</summary>
    /// <returns>Null when the server does not run.</returns>
    public static async Task<EmbeddedServer?> FindAsync(DataFolder folder, CancellationToken ct = default)
    {
        var portFile = Path.Combine(folder.Path, "port");

        if (!File.Exists(portFile) || !int.TryParse(await File.ReadAllTextAsync(portFile, ct), CultureInfo.InvariantCulture, out var port))
            return null;

        var server = new EmbeddedServer(folder, port, null);
        try
        {
            // The file stays when the server stops, so another program may have the port now. Only our server accepts our password.
            await using var connection = await server.OpenAsync(Owner, Database, ct);
            return server;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <returns>A connection string for one of this server's roles, in the form that Npgsql accepts.</returns>
    public string ConnectionString(string role, string database = Database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Database = database,
        Username = role,
        Password = folder.Secret($"{role}.password"),
    }.ConnectionString;

    /// <returns>A connection URI for one of this server's roles, in the form that psql accepts.</returns>
    public string ConnectionUri(string role, string database = Database) =>
        $"postgresql://{role}:{folder.Secret($"{role}.password")}@{IPAddress.Loopback}:{port}/{database}";

    /// <summary>Ends this use. After the last use, it waits until the server has stopped.</summary>
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

    internal async Task<NpgsqlConnection> OpenAsync(string role, string database, CancellationToken ct)
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

    // Several ports, since another process may take one before the server does.
    private static string FreePorts()
    {
        var listeners = Enumerable.Range(0, 4).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = string.Join(' ', listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port));
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
