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

    /// <summary>
    /// Whether another process of the same user can read the environment of this one. Tests may run as root, which can read everything, so
    /// the owner of the file decides.
    /// </summary>
    public static bool ShowsItsEnvironment(int id)
    {
        var start = new ProcessStartInfo("stat", ["-c", "%u", $"/proc/{id}/environ"]) { RedirectStandardOutput = true };
        using var stat = Process.Start(start)!;
        return stat.StandardOutput.ReadToEnd().Trim() != "0";
    }

    /// <summary>The children that any thread of the process has started.</summary>
    public static IReadOnlyList<int> ChildrenOf(int id) =>
        [.. Directory.EnumerateDirectories($"/proc/{id}/task").SelectMany(ChildrenOfThread)];

    public static bool HasArgument(int id, string argument)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains(argument);
        }
        // The process has ended.
        catch (IOException)
        {
            return false;
        }
    }

    private static IEnumerable<int> ChildrenOfThread(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        }
        // The thread has ended.
        catch (IOException)
        {
            return [];
        }
    }

    public static string Limits(int id) => File.ReadAllText($"/proc/{id}/limits");
}
