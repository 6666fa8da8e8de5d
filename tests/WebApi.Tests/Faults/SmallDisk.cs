using System.Diagnostics;

namespace GameImages.WebApi.Tests.Faults;

/// <summary>A disk of 5 MiB in memory, for the user that owns a folder. Only root can mount it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <param name="owned">The folder whose owner gets the disk.</param>
    public static async Task<SmallDisk> MountAsync(string owned)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("gameimages-tests.").FullName);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", disk.Path);
        await RunAsync("chown", $"--reference={owned}", disk.Path);
        return disk;
    }

    public void Dispose()
    {
        RunAsync("umount", Path).GetAwaiter().GetResult();
        Directory.Delete(Path);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            Assert.Ignore($"{program} failed with exit code {process.ExitCode}.");
    }
}
