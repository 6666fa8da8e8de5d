using System.Diagnostics;

namespace GameImages.Testing.Servers;

/// <summary>Runs a program that prints its result and ends.</summary>
internal static class ExternalProgram
{
    /// <returns>The standard output of the program.</returns>
    /// <exception cref="BrokenRunException">The program failed. The message contains its output.</exception>
    public static async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken ct,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);

            return process.ExitCode == 0
                ? output
                : throw new BrokenRunException($"{program} failed with {process.ExitCode}:\n{output}\n{await errors}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
