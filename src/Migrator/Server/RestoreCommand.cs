using System.CommandLine;
using GameImages.EmbeddedPostgres;
using GameImages.Operations;
using GameImages.Operations.Server;

namespace GameImages.Migrator.Server;

/// <summary>gameimages restore: reads a backup into an empty database with pg_restore, and verifies the result.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "A file that gameimages backup wrote.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("restore", "Reads a backup into an empty database, with pg_restore, and verifies it.") { File };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var path = parsed.GetRequiredValue(File);
        if (path == "")
            throw new UsageException("The name of the file is empty.");

        await using var database = await Database.OpenAsync(ct);
        var restore = new Restore(database.Administrator, ServerPrograms.Find(SnapshotReport.Programs));
        var name = await restore.RunAsync(path, ct);

        await using var snapshot = await DatabaseSnapshot.TakeOfAnyVersionAsync(database.Operators, ct);
        var done = $"Restored {path} into {name}: {SnapshotReport.Version(snapshot)}.";
        return await SnapshotReport.PrintAsync(parsed, snapshot, path, done, ct);
    }
}
