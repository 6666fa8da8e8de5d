using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GameImages.Testing.Servers;

/// <summary>A server process on the core of the servers. Disposing the object ends the process.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const int RememberedLines = 30;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly Queue<string> lastLines = [];
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int errorsLogged;

    public ServerProcess(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("taskset", ["-c", $"{Cores.Server}", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => address.TrySetException(new BrokenRunException($"{program} ended:\n{Log}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>The number of errors that the server has logged in ASP.NET Core's format.</summary>
    public int ErrorsLogged => errorsLogged;

    /// <summary>The last lines that the server printed.</summary>
    public string Log
    {
        get
        {
            lock (lastLines)
                return string.Join('\n', lastLines);
        }
    }

    /// <summary>Waits until the server logs its address in ASP.NET Core's format.</summary>
    /// <exception cref="BrokenRunException">The server ended before.</exception>
    public Task<Uri> AddressAsync(CancellationToken ct) => address.Task.WaitAsync(Timeout, ct);

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;

        if (line.StartsWith("fail: ", StringComparison.Ordinal) || line.StartsWith("crit: ", StringComparison.Ordinal))
            Interlocked.Increment(ref errorsLogged);

        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > RememberedLines)
                lastLines.Dequeue();
        }

        if (Listening().Match(line) is { Success: true } found)
            address.TrySetResult(new(found.Groups["address"].Value));
    }

    [GeneratedRegex("listening on: (?<address>http://.*)")]
    private static partial Regex Listening();
}
