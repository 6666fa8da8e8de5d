using System.CommandLine;
using GameImages.Operations;

namespace GameImages.Migrator.Server;

/// <summary>gameimages backup: pg_dump of one snapshot into a file, and verify of the same.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file to write.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("backup", "Writes the database into a file, with pg_dump, and verifies what it wrote.")
        {
            File,
            Confirmation.Yes,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var path = parsed.GetRequiredValue(File);
                var replaces = MayReplace(parsed, path);
                await using var database = await Database.OpenAsync(ct);
                await using var snapshot = await DatabaseSnapshot.TakeOfAnyVersionAsync(database.Operators, ct);
                await NewFile.WriteAsync(path, file => DumpAsync(database.Administrator, snapshot, file, ct), replaces);
                return await Proof.ShowAsync(
                    parsed,
                    snapshot,
                    path,
                    $"Backed up {snapshot.Database}, {Proof.Version(snapshot)}, to {path}: {new FileInfo(path).Length.Bytes()}.",
                    ct);
            });
        return command;
    }

    private static bool MayReplace(ParseResult parsed, string path)
    {
        if (!Path.Exists(path) || !IsBackup(path))
            return false;

        Confirmation.Ask(parsed, $"{path} is a backup already. It is replaced when the new one is finished.");
        return true;
    }

    // Whatever else has that name stays.
    private static bool IsBackup(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        Span<byte> start = stackalloc byte[5];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PGDMP"u8);
    }

    private static Task DumpAsync(string administrator, DatabaseSnapshot snapshot, FileStream file, CancellationToken ct)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        return ClientProgram.RunAsync(
            "pg_dump",
            administrator,
            ["--format=custom", $"--snapshot={snapshot.Id}", "--lock-wait-timeout=60s", "--no-password", $"--file={file.Name}"],
            ct);
    }
}
