using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Runs pg_dump and pg_restore.</summary>
/// <param name="folder">The folder of the programs.</param>
internal sealed partial class ClientProgram(string folder)
{
    /// <param name="connectionString">The database that the program connects to; null if it connects to none.</param>
    /// <exception cref="IOException">The program failed. The message is its error output.</exception>
    /// <exception cref="OperationCanceledException">The program was interrupted.</exception>
    public async Task RunAsync(string program, string? connectionString, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };

        // All users of the machine can read the arguments of a process, but only its own user can read its environment.
        foreach (var (name, value) in EnvironmentOf(connectionString))
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var error = await process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);

            // Ctrl-C in a terminal reaches the program as well, and the program may end first.
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
        var hosts = settings.Host?.Split(',').Select(host => HostPort().Match(host)).ToList();
        return new Dictionary<string, string?>
        {
            ["PGHOST"] = hosts is null ? null : string.Join(',', hosts.Select(host => host.Groups["host"].Value)),
            ["PGPORT"] = hosts is null
                ? null
                : string.Join(',', hosts.Select(host => host.Groups["port"] is { Success: true } port ? port.Value : $"{settings.Port}")),
            // Npgsql has one more value, which PostgreSQL's programs do not know.
            ["PGTARGETSESSIONATTRS"] = settings.TargetSessionAttributes is "prefer-primary" ? null : settings.TargetSessionAttributes,
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

    // The statement that failed may be as long as a table, so the message leaves it out.
    private static string Reason(string program, string error)
    {
        var reason = error.Split("\nCommand was: ")[0].Trim();
        return reason == "" ? $"{program} failed." : reason;
    }

    // Npgsql has the port of each of several hosts beside it. PostgreSQL's programs have a second list for the ports.
    [GeneratedRegex(@"^(?:\[(?<host>[^\]]*)\]|(?<host>[^:]*|.*:.*:.*))(?::(?<port>[0-9]+))?$")]
    private static partial Regex HostPort();
}
