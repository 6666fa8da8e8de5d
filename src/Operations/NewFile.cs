using System.Diagnostics;

namespace GameImages.Operations;

/// <summary>Writes a file that exists on the disk either completely or not at all.</summary>
public static class NewFile
{
    /// <param name="replaces">Whether an existing file is replaced.</param>
    /// <exception cref="InvalidInputException">The path is empty.</exception>
    /// <exception cref="RefusedException">The file exists and is not to be replaced.</exception>
    /// <exception cref="IOException">The file could not be written. No part of it is left on the disk.</exception>
    public static async Task WriteAsync(string path, Func<FileStream, Task> write, bool replaces = false)
    {
        if (path == "")
            throw new InvalidInputException("The name of the file is empty.");
        if (!replaces && Path.Exists(path))
            throw new RefusedException($"{path} already exists and is not overwritten. Choose another name.");

        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, replaces);
            await FlushFolderAsync(path);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // The folder contains the name of the file, so it has to reach the disk as well.
    private static async Task FlushFolderAsync(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        using var sync = Process.Start("sync", [Path.GetDirectoryName(Path.GetFullPath(path))!]);
        await sync.WaitForExitAsync();
    }
}
