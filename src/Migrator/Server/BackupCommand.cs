using System.CommandLine;
using GameImages.Infrastructure.Server;

namespace GameImages.Migrator.Server;

/// <summary>gameimages backup: pg_dump of one snapshot, into a file that is there as a whole or not at all.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file to write.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("backup", "Writes the database into a file, with pg_dump.") { File, Confirmation.Yes };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(File);
            await using var database = await Database.OpenAsync(ct);
            await using var snapshot = await DatabaseSnapshot.TakeAsync(database.Operators, ct);
            await NewFile.WriteAsync(path, file => DumpAsync(database.Administrator, snapshot, file, ct), MayReplace(parsed, path));

            var bytes = new FileInfo(path).Length;
            Output.Of(parsed).Write(new { file = path, bytes, snapshot.Database, snapshot.SchemaVersion }, text =>
                text.Line($"Backed up {snapshot.Database}, schema version {snapshot.SchemaVersion?.ToString() ?? "unknown"}, to {path}: {bytes.Bytes()}."));
            return ExitCode.Done;
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

        return ClientProgram.RunAsync("pg_dump", administrator, ["--format=custom", $"--snapshot={snapshot.Name}", "--lock-wait-timeout=60s", "--no-password", $"--file={file.Name}"], ct);
    }
}
