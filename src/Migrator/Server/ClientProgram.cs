using System.Diagnostics;
using GameImages.EmbeddedPostgres;
using Npgsql;

namespace GameImages.Migrator.Server;

/// <summary>Runs pg_dump and pg_restore.</summary>
internal static class ClientProgram
{
    private static readonly string[] Programs = ["pg_dump", "pg_restore"];

    /// <param name="connectionString">For the database that the program works on; null if it works on none.</param>
    /// <exception cref="IOException">The program failed, and says why.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task RunAsync(string program, string? connectionString, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(ServerPrograms.Find(Programs), program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };

        // Arguments are there for everybody on the machine to read, the environment is not.
        foreach (var (name, value) in EnvironmentOf(connectionString))
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var error = await process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);

            // Ctrl-C in a terminal reaches the program as well, which may be the first to end.
            if (error.Contains("terminated by user", StringComparison.Ordinal))
                throw new OperationCanceledException(ct);
            if (process.ExitCode != 0)
                throw new IOException(Reason(program, error));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static Dictionary<string, string?> EnvironmentOf(string? connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new Dictionary<string, string?>
        {
            ["PGHOST"] = settings.Host,
            ["PGPORT"] = $"{settings.Port}",
            ["PGDATABASE"] = settings.Database,
            ["PGUSER"] = settings.Username,
            ["PGPASSWORD"] = settings.Password,
            ["PGPASSFILE"] = settings.Passfile,
            ["PGOPTIONS"] = settings.Options,
            ["PGSSLMODE"] = settings.SslMode switch
            {
                SslMode.VerifyCA => "verify-ca",
                SslMode.VerifyFull => "verify-full",
                var mode => mode.ToString().ToLowerInvariant(),
            },
            ["PGSSLROOTCERT"] = settings.RootCertificate,
            ["PGSSLCERT"] = settings.SslCertificate,
            ["PGSSLKEY"] = settings.SslKey,
            ["LC_ALL"] = "C",
        }.Where(setting => setting.Value is not null).ToDictionary();
    }

    // The statement that failed may be as long as a table.
    private static string Reason(string program, string error)
    {
        var reason = error.Split("\nCommand was: ")[0].Trim();
        return reason == "" ? $"{program} failed." : reason;
    }
}
