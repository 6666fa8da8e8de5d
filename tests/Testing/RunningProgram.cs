using System.Diagnostics;
using System.Text;

namespace GameImages.Testing;

/// <summary>A program in a process of its own, which a test can kill.</summary>
public abstract class RunningProgram : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder log = new();

    /// <param name="start">Standard output and standard error are redirected.</param>
    protected RunningProgram(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Ends the process without a shutdown, like a failure of the machine. Its children stay.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until the process ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Append(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}
