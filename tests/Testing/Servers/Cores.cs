using System.Globalization;

namespace GameImages.Testing.Servers;

/// <summary>One core for the servers and another for the clients, so that they do not compete for CPU time.</summary>
internal static class Cores
{
    private static readonly int[] Allowed = Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1]);

    /// <summary>The core of the servers.</summary>
    public static int Server { get; } = Allowed[0];

    /// <summary>The core of the clients. It is not a hyper-thread of the servers' core, if there is another core.</summary>
    public static int Load { get; } =
        Allowed
            .Except(Parse(File.ReadAllText($"/sys/devices/system/cpu/cpu{Server}/topology/thread_siblings_list")))
            .FirstOrDefault(Allowed[^1]);

    /// <summary>Moves all threads of a process to a core. Threads that it starts later run there too.</summary>
    public static Task PinAsync(int process, int core, CancellationToken ct) =>
        ExternalProgram.RunAsync("taskset", ["-acp", $"{core}", $"{process}"], ct);

    // The format is, for example, 0-3,8.
    private static int[] Parse(string list) =>
    [
        .. from range in list.Trim().Split(',')
           let ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray()
           from core in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
           select core,
    ];
}
