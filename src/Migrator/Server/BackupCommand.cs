using System.CommandLine;
using GameImages.EmbeddedPostgres;
using GameImages.Operations;
using GameImages.Operations.Server;

namespace GameImages.Migrator.Server;

/// <summary>gameimages backup: writes a snapshot into a file with pg_dump, and verifies the same snapshot.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file to write.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("backup", "Writes the database into a file, with pg_dump, and verifies its content.")
        {
            File,
            Confirmation.Yes,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var path = parsed.GetRequiredValue(File);
        var replaces = Backup.Exists(path);
        if (replaces)
            Confirmation.Ask(parsed, $"{path} is a backup already. It is replaced when the new one is complete.");

        await using var database = await Database.OpenAsync(ct);
        await using var snapshot = await DatabaseSnapshot.TakeOfAnyVersionAsync(database.Operators, ct);
        await new Backup(database.Administrator, ServerPrograms.Find(SnapshotReport.Programs)).WriteAsync(snapshot, path, replaces, ct);
        var length = new FileInfo(path).Length.Bytes();
        var done = $"Backed up {snapshot.Database}, {SnapshotReport.Version(snapshot)}, to {path}: {length}.";
        return await SnapshotReport.PrintAsync(parsed, snapshot, path, done, ct);
    }
}
