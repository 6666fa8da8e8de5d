using GameImages.EmbeddedPostgres;

namespace GameImages.Migrator.Tests.Server;

/// <summary>A folder with the real pg_restore, and a script as pg_dump. In the script, $real is the real pg_dump.</summary>
internal sealed class FakePrograms : IDisposable
{
    public FakePrograms(string script)
    {
        var real = ServerPrograms.Find();
        File.CreateSymbolicLink(Path.Combine(Folder, "pg_restore"), Path.Combine(real, "pg_restore"));
        var path = Path.Combine(Folder, "pg_dump");
        File.WriteAllText(path, $"#!/bin/sh\nreal={real}/pg_dump\n[ \"$1\" != --version ] || exec \"$real\" --version\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
