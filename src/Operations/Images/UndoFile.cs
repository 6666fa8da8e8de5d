using System.Text;

namespace GameImages.Operations.Images;

/// <summary>
/// A new file with SQL that undoes changes. Only the user who runs the program may read it. It is created when the first line is written.
/// </summary>
public sealed class UndoFile(string path) : IAsyncDisposable
{
    private FileStream? file;

    public bool IsWritten => file is not null;

    /// <summary>Returns when the line is on the disk.</summary>
    /// <exception cref="IOException">The line could not be written. No part of it is in the file.</exception>
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
            // .NET throws this if the file would exceed the file size limit of the process.
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
