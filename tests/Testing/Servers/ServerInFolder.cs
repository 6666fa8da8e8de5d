using System.Diagnostics;

namespace GameImages.Testing.Servers;

/// <summary>A server with a folder for its files. Disposing the object ends the server and deletes the folder.</summary>
public abstract class ServerInFolder : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private protected ServerInFolder(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static string CreateFolder() => Directory.CreateTempSubdirectory("gameimages-tests.").FullName;
}
