using System.Diagnostics;

namespace GameImages.Variants.Tests;

/// <summary>Reads the state of processes that are not children of the test from /proc (proc(5)).</summary>
internal static class Processes
{
    /// <summary>Whether the process does not run. A zombie has ended, but nobody has asked for its exit code.</summary>
    public static bool HasEnded(int id)
    {
        try
        {
            // The name is in parentheses, and may contain spaces.
            var state = File.ReadAllText($"/proc/{id}/stat");
            return state[(state.LastIndexOf(')') + 2)..][0] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Whether the user of the process can read its environment. Root can always, so the owner of the file decides.</summary>
    public static bool ReadsAsAnybody(int id)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%u", $"/proc/{id}/environ"]) { RedirectStandardOutput = true })!;
        return stat.StandardOutput.ReadToEnd().Trim() != "0";
    }

    public static string Limits(int id) => File.ReadAllText($"/proc/{id}/limits");
}
