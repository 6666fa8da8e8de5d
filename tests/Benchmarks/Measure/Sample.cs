using System.Text.Json.Serialization;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Measure;

/// <summary>The results of one run, as the client measured them.</summary>
internal sealed record Outcome(long Requests, double PerSecond, double P50Milliseconds, double P99Milliseconds)
{
    /// <param name="milliseconds">The time of each request.</param>
    public static Outcome Of(List<double> milliseconds, double perSecond)
    {
        milliseconds.Sort();
        return milliseconds.Count > 0
            ? new(milliseconds.Count, perSecond, At(0.50), At(0.99))
            : throw new BrokenRunException("The server responded to no request.");

        double At(double share) => milliseconds[(int)(share * (milliseconds.Count - 1))];
    }
}

/// <summary>The figures of one run, or the medians of several runs. Figures that were not measured are null.</summary>
internal sealed record Sample
{
    public double? PerSecond { get; init; }
    public double? P50Milliseconds { get; init; }
    public double? P99Milliseconds { get; init; }

    /// <summary>The server's CPU time for each request.</summary>
    public double? CpuMicroseconds { get; init; }

    /// <summary>PostgreSQL's CPU time for each request.</summary>
    public double? DatabaseCpuMicroseconds { get; init; }

    /// <summary>The CPU time of both for each request.</summary>
    [JsonIgnore]
    public double? TotalCpuMicroseconds =>
        CpuMicroseconds is null ? DatabaseCpuMicroseconds : CpuMicroseconds + (DatabaseCpuMicroseconds ?? 0);

    public double? PeakMebibytes { get; init; }

    /// <summary>The memory of PostgreSQL without its shared buffers.</summary>
    public double? DatabasePeakMebibytes { get; init; }

    [JsonIgnore]
    public double? TotalPeakMebibytes => PeakMebibytes is null ? DatabasePeakMebibytes : PeakMebibytes + (DatabasePeakMebibytes ?? 0);

    public static Sample Median(IReadOnlyCollection<Sample> samples) => new()
    {
        PerSecond = Median(samples.Select(sample => sample.PerSecond)),
        P50Milliseconds = Median(samples.Select(sample => sample.P50Milliseconds)),
        P99Milliseconds = Median(samples.Select(sample => sample.P99Milliseconds)),
        CpuMicroseconds = Median(samples.Select(sample => sample.CpuMicroseconds)),
        DatabaseCpuMicroseconds = Median(samples.Select(sample => sample.DatabaseCpuMicroseconds)),
        PeakMebibytes = Median(samples.Select(sample => sample.PeakMebibytes)),
        DatabasePeakMebibytes = Median(samples.Select(sample => sample.DatabasePeakMebibytes)),
    };

    public static double? Median(IEnumerable<double?> figures)
    {
        var sorted = figures.Where(figure => figure is not null).Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
