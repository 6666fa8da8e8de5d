using System.Globalization;

namespace GameImages.Testing.Servers;

/// <summary>Reads the kernel's counters of a process and its children.</summary>
internal sealed class ProcessGroup(int root)
{
    /// <summary>The index of the parent's id in <see cref="Statistics"/>.</summary>
    public const int Parent = 1;
    private const int UserTicks = 11;
    private const int SystemTicks = 12;
    private const int EndedChildrensUserTicks = 13;
    private const int EndedChildrensSystemTicks = 14;

    private const double SecondsPerTick = 0.01;
    private const double KibibytesPerMebibyte = 1024;

    public IEnumerable<int> Ids => Children.Prepend(root);

    /// <summary>The CPU time, including the time of children that have ended.</summary>
    public TimeSpan CpuTime =>
        TimeSpan.FromSeconds(SecondsPerTick * (
            Ticks(root, UserTicks, SystemTicks, EndedChildrensUserTicks, EndedChildrensSystemTicks)
            + SumOfChildren(child => Ticks(child, UserTicks, SystemTicks))));

    /// <summary>The largest memory use since <see cref="ResetPeaks"/>. Memory that the children share is left out.</summary>
    public double PeakMiB =>
        (Memory(root, "VmHWM")
            + SumOfChildren(child => Math.Max(0, Memory(child, "VmHWM") - Memory(child, "RssFile") - Memory(child, "RssShmem"))))
        / KibibytesPerMebibyte;

    private IEnumerable<int> Children =>
        from id in File.ReadAllText($"/proc/{root}/task/{root}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select int.Parse(id, CultureInfo.InvariantCulture);

    /// <returns>The fields of /proc/PID/stat (proc(5)) after the id and the name. The name may contain spaces.</returns>
    public static string[] Statistics(int process)
    {
        var line = File.ReadAllText($"/proc/{process}/stat");
        return line[(line.LastIndexOf(')') + 2)..].Split(' ');
    }

    public void ResetPeaks()
    {
        ResetPeak(root);
        SumOfChildren(ResetPeak);
    }

    private static long ResetPeak(int process)
    {
        File.WriteAllText($"/proc/{process}/clear_refs", "5");
        return 0;
    }

    private static long Ticks(int process, params int[] fields)
    {
        var statistics = Statistics(process);
        return fields.Sum(field => long.Parse(statistics[field], CultureInfo.InvariantCulture));
    }

    // A line is, for example, "VmHWM:     5236 kB". A process that has just ended has no such line.
    private static long Memory(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.AsSpan()[(name.Length + 1)..^" kB".Length], CultureInfo.InvariantCulture);
    }

    private long SumOfChildren(Func<int, long> figure)
    {
        var sum = 0L;

        foreach (var child in Children)
        {
            try
            {
                sum += figure(child);
            }
            catch (IOException)
            {
                // The child has ended since it was listed. PostgreSQL's workers may end at any time.
            }
        }

        return sum;
    }
}
