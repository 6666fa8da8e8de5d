using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Benchmarks.Measure;
using GameImages.EmbeddedPostgres;
using GameImages.Testing.Servers;
using Npgsql;

namespace GameImages.Benchmarks.Load;

/// <summary>Measures PostgreSQL alone, with pgbench and prepared statements.</summary>
/// <param name="folder">The folder for temporary files.</param>
internal sealed partial class PgBench(string connectionString, string folder)
{
    /// <summary>The reason for missing results.</summary>
    public const string Missing = "pgbench is not installed, and the server programs from npm do not include it";

    private static readonly string? Program = new[] { ServerPrograms.Find() }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, "pgbench"))
        .FirstOrDefault(Works);

    public static bool IsInstalled => Program is not null;

    /// <param name="script">One transaction in pgbench's language. :is_first is true until the script changes it.</param>
    public async Task<Outcome> RunAsync(string script, int clients, int seconds, CancellationToken ct)
    {
        var file = Path.Combine(folder, "transaction.sql");
        var logs = Path.Combine(folder, "transactions");
        await File.WriteAllTextAsync(file, script, ct);
        var connection = new NpgsqlConnectionStringBuilder(connectionString);

        var output = await ExternalProgram.RunAsync(
            Program!,
            [
                "--no-vacuum",
                "--protocol=prepared",
                "--define=is_first=true",
                $"--client={clients}",
                "--jobs=1",
                $"--time={seconds}",
                $"--file={file}",
                "--log",
                $"--log-prefix={logs}",
                $"--host={connection.Host}",
                $"--port={connection.Port}",
                $"--username={connection.Username}",
                connection.Database!,
            ],
            ct,
            ("PGPASSWORD", connection.Password!));

        // The log has one line for each transaction. The third column is the time in microseconds.
        var milliseconds = new List<double>();
        foreach (var log in Directory.GetFiles(folder, "transactions*"))
        {
            milliseconds.AddRange(
                File.ReadLines(log).Select(line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000));
            File.Delete(log);
        }

        return Outcome.Of(milliseconds, double.Parse(PerSecond().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture));
    }

    // Debian's client package has a script of this name. It fails when the server package is not installed.
    private static bool Works(string program)
    {
        if (!File.Exists(program))
            return false;

        using var process = Process.Start(
            new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [GeneratedRegex("tps = (?<tps>[0-9.]+)")]
    private static partial Regex PerSecond();
}
