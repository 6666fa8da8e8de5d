using System.CommandLine;
using System.Diagnostics;
using GameImages.Operations;
using GameImages.Infrastructure.Schema;
using GameImages.Migrator.Images;
using Spectre.Console;

namespace GameImages.Migrator.Server;

/// <summary>How backup and restore end: gameimages verify of the same snapshot, and one result of both.</summary>
internal static class Proof
{
    /// <param name="done">What was done before; a sentence.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ShowAsync(ParseResult parsed, DatabaseSnapshot snapshot, string file, string done, CancellationToken ct)
    {
        var output = Output.Of(parsed);
        using var problems = new Listing(output, "problems");
        if (!output.IsJson)
            output.Line(done);

        var started = Stopwatch.GetTimestamp();
        var verified =
            snapshot.SchemaVersion == SchemaMigrator.LatestVersion
                ? await VerifyCommand.RunAsync(
                    snapshot,
                    100,
                    problem => problems.Add(problem, VerifyCommand.Line(problem), Color.Red),
                    output,
                    ct)
                : null;

        problems.End(new { file, bytes = new FileInfo(file).Length, snapshot.Database, snapshot.SchemaVersion, verified }, text =>
        {
            if (verified is null)
                text.Line($"It was not verified, for which this program needs schema version {SchemaMigrator.LatestVersion}.");
            else
                VerifyCommand.Print(verified, Stopwatch.GetElapsedTime(started).TotalSeconds, text);
        });
        return verified?.Problems.Count > 0 ? ExitCode.FoundProblems : ExitCode.Done;
    }

    public static string Version(DatabaseSnapshot snapshot) =>
        snapshot.SchemaVersion is { } version ? $"schema version {version}" : "an unknown schema version";
}
