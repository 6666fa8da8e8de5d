using System.Diagnostics;
using Npgsql;
using NUnit.Framework;

namespace GameImages.Testing.Servers;

/// <summary>A PgBouncer in transaction mode. All transactions of a role share its few connections to the server.</summary>
public sealed class PgBouncer : ServerInFolder
{
    private PgBouncer(Process process, string folder, string connectionString)
        : base(process, folder) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    private static string Program => "/usr/sbin/pgbouncer";

    public static void Require()
    {
        if (!File.Exists(Program))
            Prerequisite.Missing("PgBouncer is not installed. On Debian, run: apt-get install pgbouncer");
    }

    public static async Task<PgBouncer> StartAsync(TestDatabase database, string role, int connections = 1)
    {
        Require();
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString(role));
        var folder = CreateFolder();
        var port = Ports.FindFree();

        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"\"{role}\" \"{server.Password}\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"),
            $"""
            [databases]
            {database.Name} = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users
            pool_mode = transaction
            default_pool_size = {connections}
            """);

        // PgBouncer refuses to run as root. It reads its files first, and then becomes the other user.
        string[] user = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var start = new ProcessStartInfo(Program, [.. user, Path.Combine(folder, "pgbouncer.ini")]) { RedirectStandardError = true };
        var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync() is { } line && !line.Contains("process up", StringComparison.Ordinal))
            await TestContext.Progress.WriteLineAsync(line);

        // PgBouncer would block when the pipe is full, so the test must read it.
        _ = process.StandardError.ReadToEndAsync();
        server.Port = port;
        server.NoResetOnClose = true;
        server.ApplicationName = nameof(PgBouncer);
        return new(process, folder, server.ConnectionString);
    }
}
