using System.Diagnostics;
using GameImages.Operations;

namespace GameImages.Migrator;

/// <summary>A file that is there as a whole, on the disk, or not at all.</summary>
internal static class NewFile
{
    /// <exception cref="RefusedException">There is a file of that name already, and it is not to be replaced.</exception>
    /// <exception cref="IOException">It could not be written; nothing of it is left.</exception>
    public static async Task WriteAsync(string path, Func<FileStream, Task> write, bool replaces = false)
    {
        if (path == "")
            throw new UsageException("The name of the file is empty.");
        if (!replaces && Path.Exists(path))
            throw new RefusedException($"{path} exists already and is not overwritten.");

        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, replaces);
            await SyncFolderAsync(path);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // The name is in the folder, which has to reach the disk as well.
    private static async Task SyncFolderAsync(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        using var sync = Process.Start("sync", [Path.GetDirectoryName(Path.GetFullPath(path))!]);
        await sync.WaitForExitAsync();
    }
}
