using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using GameImages.Variants.Decoding;

namespace GameImages.Variants.Tests;

/// <summary>Runs the worker in a process of its own, which a test can kill.</summary>
internal sealed class RunningWorker : IDisposable
{
    private static readonly string Assembly = typeof(DecoderProgram).Assembly.Location;

    private readonly Process process;
    private readonly StringBuilder log = new();

    private RunningWorker(Process process)
    {
        this.process = process;
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

    /// <summary>The address that the worker has logged.</summary>
    public string Address => Regex.Match(Log, @"http://127\.0\.0\.1:\d+").Value;

    /// <param name="folder">The folder of the program; null for the one that was built.</param>
    public static RunningWorker Start(TestDatabase database, string? folder = null)
    {
        var assembly = folder is null ? Assembly : Path.Combine(folder, Path.GetFileName(Assembly));
        return Start(database, "dotnet", assembly);
    }

    /// <summary>Starts the worker without the privileges of root, as in production.</summary>
    public static RunningWorker StartUnprivileged(TestDatabase database) => Environment.IsPrivilegedProcess
        ? Start(database, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", Assembly)
        : Start(database);

    private static RunningWorker Start(TestDatabase database, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ConnectionStrings__Variants"] = database.ConnectionString(Roles.Variants);
        return new(Process.Start(start)!);
    }

    /// <summary>Ends the process without a shutdown. Its child stays, and has to end by itself.</summary>
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
    }

    private void Append(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}
