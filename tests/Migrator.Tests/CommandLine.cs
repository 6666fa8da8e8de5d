using System.Diagnostics;
using GameImages.EmbeddedPostgres;
using GameImages.Testing;

namespace GameImages.Migrator.Tests;

/// <summary>Runs gameimages as a process of its own.</summary>
internal static class CommandLine
{
    /// <summary>With connection strings of the owner and of an administrator.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(TestDatabase database, params string[] arguments) => RunAsync(Environment(database), arguments);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).Trim(), (await error).Trim());
    }

    public static Dictionary<string, string> Environment(TestDatabase database) => new()
    {
        ["ConnectionStrings__Migrator"] = database.ConnectionString(EmbeddedServer.Owner),
        ["ConnectionStrings__Administrator"] = database.ConnectionString(EmbeddedServer.Superuser),
    };

    /// <returns>The process, whose output is to be read; nothing is to be read by it.</returns>
    public static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "gameimages.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var inherited in new[] { "DOTNET_ENVIRONMENT", "GAMEIMAGES_DATA", "ConnectionStrings__Migrator", "ConnectionStrings__Administrator" })
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
