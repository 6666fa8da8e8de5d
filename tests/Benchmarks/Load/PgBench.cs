using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Benchmarks.Measure;
using GameImages.EmbeddedPostgres;
using Npgsql;

namespace GameImages.Benchmarks.Load;

/// <summary>Asks PostgreSQL alone, with pgbench and prepared statements.</summary>
/// <param name="folder">Where files may be left.</param>
internal sealed partial class PgBench(string connectionString, string folder)
{
    /// <summary>Why there is none, if there is none.</summary>
    public const string Missing = "pgbench is not installed: the server programs from npm come without it";

    private static readonly string? Program = new[] { ServerPrograms.Find() }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(Works);

    public static bool IsInstalled => Program is not null;

    /// <param name="script">In pgbench's language: one transaction. :is_first is true until it says otherwise.</param>
    public async Task<Outcome> RunAsync(string script, int clients, int seconds, CancellationToken ct)
    {
        var (file, logs) = (Path.Combine(folder, "transaction.sql"), Path.Combine(folder, "transactions"));
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

        // A line for each transaction, whose third column is its time in microseconds.
        var milliseconds = new List<double>();
        foreach (var log in Directory.GetFiles(folder, "transactions*"))
        {
            milliseconds.AddRange(
                File.ReadLines(log).Select(line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000));
            File.Delete(log);
        }

        return Outcome.Of(milliseconds, double.Parse(PerSecond().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture));
    }

    // Debian's client tools come with a script of this name, which finds nothing to run where only they are installed.
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
