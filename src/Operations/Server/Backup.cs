namespace GameImages.Operations.Server;

/// <summary>Writes a database into a file, with pg_dump.</summary>
/// <param name="administrator">Connects to the database.</param>
/// <param name="programs">The folder of pg_dump.</param>
public sealed class Backup(string administrator, string programs)
{
    /// <returns>Whether the file exists and is a backup. Only a backup may be replaced by another one.</returns>
    public static bool Exists(string path)
    {
        if (!Path.Exists(path))
            return false;

        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[5];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PGDMP"u8);
    }

    /// <param name="replaces">Whether an existing file is replaced, after the new one is complete.</param>
    /// <exception cref="RefusedException">The file exists and is not to be replaced.</exception>
    /// <exception cref="IOException">pg_dump failed, or the file could not be written. No part of it is left on the disk.</exception>
    public Task WriteAsync(DatabaseSnapshot snapshot, string path, bool replaces, CancellationToken ct) =>
        NewFile.WriteAsync(path, file => DumpAsync(snapshot, file, ct), replaces);

    private Task DumpAsync(DatabaseSnapshot snapshot, FileStream file, CancellationToken ct)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        return new ClientProgram(programs).RunAsync(
            "pg_dump",
            administrator,
            ["--format=custom", $"--snapshot={snapshot.Id}", "--lock-wait-timeout=60s", "--no-password", $"--file={file.Name}"],
            ct);
    }
}
