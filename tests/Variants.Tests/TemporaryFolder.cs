namespace GameImages.Variants.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Path { get; } = Directory.CreateTempSubdirectory("gameimages").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Waits until another process has moved the file to its place, and reads it.</summary>
    public async Task<string> ReadAsync(string file)
    {
        var moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path);
        watcher.Renamed += (_, _) => moved.TrySetResult();
        watcher.Created += (_, _) => moved.TrySetResult();
        watcher.EnableRaisingEvents = true;
        while (!System.IO.File.Exists(file))
        {
            await moved.Task.WaitAsync(Patience);
            await Task.Yield();
        }

        return (await System.IO.File.ReadAllTextAsync(file)).Trim();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
