using GameImages.Benchmarks.Cases;
using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Report;

/// <summary>A figure of the service divided by the same figure of another server: the median of all rounds and the extremes.</summary>
/// <param name="PerCpuTime">For rates, the ratio of the requests per CPU time.</param>
/// <param name="Missing">The reason why there are no figures; null when there are some.</param>
internal sealed record Ratio(string Name, double? Median, double? Least, double? Most, double? PerCpuTime, string? Missing)
{
    /// <summary>Calculates the ratios of the cases that were run.</summary>
    public static Ratio[] All(IReadOnlyList<Result> results)
    {
        Ratio?[] all =
        [
            Rate(ReadCases.Small, Side.BareKestrel),
            Rate(ReadCases.Medium, Side.BareKestrel),
            Rate(ReadCases.Medium, Side.Nginx),
            Rate(ReadCases.Large, Side.Nginx),
            Rate(ReadCases.NotModified, Side.BareKestrel),
            Rate(ReadCases.Cold, Side.BareKestrelWithSelect),
            Rate(GameCases.HotRow, Side.PgBench),
            Rate(GameCases.NewImage, Side.PgBench),
            Of(
                $"{ReadCases.ManyConnections}: p99 / {Side.BareKestrel}'s, lower is better",
                ReadCases.ManyConnections,
                Side.BareKestrel,
                sample => sample.P99Milliseconds),
            Of(
                $"{BacklogCase.Name}: p99 / {Side.Alone}, lower is better",
                BacklogCase.Name,
                Side.Alone,
                sample => sample.P99Milliseconds),
            Of($"{MemoryCase.Name}: MiB above idle", MemoryCase.Name, null, sample => sample.PeakMebibytes),
            Of($"{StartCase.Name}: ms", StartCase.Name, null, sample => sample.P50Milliseconds),
            .. results.Where(result => result.Side == Side.Before).Select(result => Rate(result.Case, Side.Before)),
        ];
        return [.. all.OfType<Ratio>()];

        Ratio? Rate(string name, string other) => Of($"{name} / {other}", name, other, sample => sample.PerSecond) is { } rate
            ? rate with { PerCpuTime = Of(rate.Name, name, other, sample => 1 / sample.TotalCpuMicroseconds)!.Median }
            : null;

        Ratio? Of(string name, string inCase, string? other, Func<Sample, double?> figure)
        {
            var ours = Rounds(inCase, Side.Service, figure);
            double?[] rounds = other is null ? ours : [.. ours.Zip(Rounds(inCase, other, figure), (one, another) => one / another)];
            var missing = other == Side.PgBench && !PgBench.IsInstalled ? PgBench.Missing : null;
            return ours.Length == 0 ? null : new(name, Sample.Median(rounds), rounds.Min(), rounds.Max(), null, missing);
        }

        double?[] Rounds(string inCase, string side, Func<Sample, double?> figure) =>
            [.. results.Where(result => result.Case == inCase && result.Side == side).SelectMany(result => result.Rounds).Select(figure)];
    }
}
