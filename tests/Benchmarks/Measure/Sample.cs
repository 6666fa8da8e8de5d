using System.Text.Json.Serialization;

namespace GameImages.Benchmarks.Measure;

/// <summary>What the asking side saw of one run.</summary>
internal sealed record Outcome(long Requests, double PerSecond, double P50Milliseconds, double P99Milliseconds)
{
    /// <param name="milliseconds">How long each request took.</param>
    public static Outcome Of(List<double> milliseconds, double perSecond)
    {
        milliseconds.Sort();
        return milliseconds.Count > 0
            ? new(milliseconds.Count, perSecond, At(0.50), At(0.99))
            : throw new BrokenRunException("Nothing was answered.");

        double At(double share) => milliseconds[(int)(share * (milliseconds.Count - 1))];
    }
}

/// <summary>The figures of one run, or the medians of several; null for what was not measured.</summary>
internal sealed record Sample
{
    public double? PerSecond { get; init; }
    public double? P50Milliseconds { get; init; }
    public double? P99Milliseconds { get; init; }

    /// <summary>Of the server, for each request.</summary>
    public double? CpuMicroseconds { get; init; }

    /// <summary>Of PostgreSQL, for each request.</summary>
    public double? DatabaseCpuMicroseconds { get; init; }

    /// <summary>Of both, for each request.</summary>
    [JsonIgnore]
    public double? TotalCpuMicroseconds =>
        CpuMicroseconds is null ? DatabaseCpuMicroseconds : CpuMicroseconds + (DatabaseCpuMicroseconds ?? 0);

    public double? PeakMebibytes { get; init; }

    /// <summary>Without the buffers that PostgreSQL's processes share.</summary>
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
