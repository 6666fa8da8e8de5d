using System.Globalization;

namespace GameImages.Benchmarks.Measure;

/// <summary>A process and its children, by what the kernel counts of them.</summary>
internal sealed class ProcessGroup(int root)
{
    /// <summary>Places in <see cref="Statistics"/>.</summary>
    public const int Parent = 1;
    private const int UserTicks = 11;
    private const int SystemTicks = 12;
    private const int EndedChildrensUserTicks = 13;
    private const int EndedChildrensSystemTicks = 14;

    private const double SecondsPerTick = 0.01;
    private const double KibibytesPerMebibyte = 1024;

    public IEnumerable<int> Ids => Children.Prepend(root);

    /// <summary>Also that of children that have ended.</summary>
    public TimeSpan CpuTime =>
        TimeSpan.FromSeconds(
            SecondsPerTick
                * (
                    Ticks(root, UserTicks, SystemTicks, EndedChildrensUserTicks, EndedChildrensSystemTicks)
                    + SumOfChildren(child => Ticks(child, UserTicks, SystemTicks))));

    /// <summary>The most since <see cref="ForgetPeaks"/>, of the children without what they share with each other.</summary>
    public double PeakMiB =>
        (
            Memory(root, "VmHWM")
            + SumOfChildren(child => Math.Max(0, Memory(child, "VmHWM") - Memory(child, "RssFile") - Memory(child, "RssShmem")))
        ) / KibibytesPerMebibyte;

    private IEnumerable<int> Children =>
        from id in File.ReadAllText($"/proc/{root}/task/{root}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select int.Parse(id, CultureInfo.InvariantCulture);

    /// <returns>The fields of proc(5)'s stat from the state on, so without the id and the name, which may have spaces.</returns>
    public static string[] Statistics(int process)
    {
        var line = File.ReadAllText($"/proc/{process}/stat");
        return line[(line.LastIndexOf(')') + 2)..].Split(' ');
    }

    public void ForgetPeaks()
    {
        ForgetPeak(root);
        SumOfChildren(ForgetPeak);
    }

    private static long ForgetPeak(int process)
    {
        File.WriteAllText($"/proc/{process}/clear_refs", "5");
        return 0;
    }

    private static long Ticks(int process, params int[] fields)
    {
        var statistics = Statistics(process);
        return fields.Sum(field => long.Parse(statistics[field], CultureInfo.InvariantCulture));
    }

    // As in "VmHWM:     5236 kB"; a process that has just ended has no such line.
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
                // It has ended since it was listed, as PostgreSQL's workers do at any time.
            }
        }

        return sum;
    }
}
