using System.Text;

namespace GameImages.Migrator.Images;

/// <summary>A new file of SQL that undoes what was done, which only its owner may read. It is made when there is something to write.</summary>
internal sealed class UndoFile(string path) : IAsyncDisposable
{
    private FileStream? file;

    public bool IsWritten => file is not null;

    /// <summary>Returns when the line is on the disk.</summary>
    /// <exception cref="IOException">It is not, and nothing of it is in the file.</exception>
    public async Task AppendAsync(string line, CancellationToken ct)
    {
        file ??= Create();
        var end = file.Length;
        var isKept = false;
        try
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes($"{line}\n"), ct);
            file.Flush(flushToDisk: true);
            isKept = true;
        }
        catch (ArgumentOutOfRangeException tooLong)
        {
            // Longer than a limit of the process allows, rather than the disk.
            throw new IOException(tooLong.Message, tooLong);
        }
        finally
        {
            if (!isKept)
                file.SetLength(end);
        }
    }

    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? default;

    private FileStream Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        try
        {
            return new(path, options);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new IOException(missing.Message, missing);
        }
    }
}
