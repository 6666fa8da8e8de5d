using System.CommandLine;
using System.Diagnostics;
using GameImages.Infrastructure.Schema;
using GameImages.Migrator.Images;
using GameImages.Operations;
using Spectre.Console;

namespace GameImages.Migrator.Server;

/// <summary>Verifies the snapshot of a backup or restore, and prints one result for both.</summary>
internal static class SnapshotReport
{
    /// <summary>The programs that backup and restore run.</summary>
    public static readonly string[] Programs = ["pg_dump", "pg_restore"];

    /// <param name="done">A sentence about the backup or restore.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> PrintAsync(ParseResult parsed, DatabaseSnapshot snapshot, string file, string done, CancellationToken ct)
    {
        var output = Output.Of(parsed);
        using var problems = new Listing(output, "problems");
        if (!output.IsJson)
            output.Line(done);

        var started = Stopwatch.GetTimestamp();
        var verified = snapshot.SchemaVersion == SchemaMigrator.LatestVersion
            ? await VerifyCommand.RunAsync(
                snapshot, 100, problem => problems.Add(problem, VerifyCommand.Line(problem), Color.Red), output, ct)
            : null;

        problems.End(new { file, bytes = new FileInfo(file).Length, snapshot.Database, snapshot.SchemaVersion, verified }, text =>
        {
            if (verified is null)
                text.Line($"It was not verified, because this program needs schema version {SchemaMigrator.LatestVersion} for that.");
            else
                VerifyCommand.Print(verified, Stopwatch.GetElapsedTime(started).TotalSeconds, text);
        });
        return verified?.Problems.Count > 0 ? ExitCode.FoundProblems : ExitCode.Done;
    }

    public static string Version(DatabaseSnapshot snapshot) =>
        snapshot.SchemaVersion is { } version ? $"schema version {version}" : "an unknown schema version";
}
