using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace GameImages.Migrator.Tests;

/// <summary>
/// A process of gameimages that runs one command line after another, each with its own arguments, environment and output. Tests of
/// signals, terminals and shells start a new process instead.
/// </summary>
internal sealed class WarmProcess : IDisposable
{
    private static readonly ConcurrentBag<WarmProcess> Idle = [];

    private readonly string folder = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;
    private readonly Process process = CommandLine.StartReading(
        new() { ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location, ["DOTNET_TieredPGO"] = "0" });

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        Dictionary<string, string> environment,
        string[] arguments)
    {
        if (!Idle.TryTake(out var warm))
            warm = new();

        var result = await warm.RunNextAsync(environment, arguments);
        Idle.Add(warm);
        return result;
    }

    /// <summary>Ends all processes. It is called once, after the last test.</summary>
    public static void StopAll()
    {
        while (Idle.TryTake(out var warm))
            warm.Dispose();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunNextAsync(
        Dictionary<string, string> environment,
        string[] arguments)
    {
        var output = Path.Combine(folder, "output");
        var error = Path.Combine(folder, "error");
        await process.StandardInput.WriteLineAsync(
            JsonSerializer.Serialize(new StartupHook.Request(arguments, environment, output, error)));

        if (await process.StandardOutput.ReadLineAsync() is not { } exitCode)
            throw new AssertionException(
                $"gameimages {string.Join(' ', arguments)} ended its process: {await File.ReadAllTextAsync(error)}");

        return (int.Parse(exitCode), (await File.ReadAllTextAsync(output)).Trim(), (await File.ReadAllTextAsync(error)).Trim());
    }
}
