using System.Globalization;

namespace GameImages.Benchmarks.Servers;

/// <summary>One core for whatever serves and another for whatever asks, so that neither takes the other's time.</summary>
internal static class Cores
{
    private static readonly int[] Allowed = Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1]);

    public static int Server { get; } = Allowed[0];

    /// <summary>Not the other half of the server's core, where there is a choice.</summary>
    public static int Load { get; } =
        Allowed
            .Except(Parse(File.ReadAllText($"/sys/devices/system/cpu/cpu{Server}/topology/thread_siblings_list")))
            .FirstOrDefault(Allowed[^1]);

    /// <summary>Moves all threads of a process; those that it starts later follow.</summary>
    public static Task PinAsync(int process, int core, CancellationToken ct) =>
        ExternalProgram.RunAsync("taskset", ["-acp", $"{core}", $"{process}"], ct);

    // As in 0-3,8
    private static int[] Parse(string list) =>
    [
        .. from range in list.Trim().Split(',')
           let ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray()
           from core in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
           select core,
    ];
}
