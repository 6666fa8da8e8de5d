using System.Globalization;
using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Report;

/// <summary>The figures in Markdown.</summary>
internal static class Table
{
    private const double MicrosecondsPerSecond = 1_000_000;

    public static string Of(Figures figures) =>
        $"""
        Medians of {figures.Rounds} rounds of {figures.Seconds} s, {figures.MeasuredAt:yyyy-MM-dd}, on {figures.Machine.Processor}: one core for the servers, PostgreSQL included,
        another for the load. {figures.Machine.System}, {figures.Machine.Runtime}, PostgreSQL {figures.Machine.Postgres}, nginx {figures.Machine.Nginx}.

        {Lines(
            2,
            ["case", "side", "requests/s", "p50 ms", "p99 ms", "CPU µs/request", "of it PostgreSQL", "core used %", "peak MiB", "of it PostgreSQL"],
            figures.Results.Select(result => Row(result.Case, result.Side, result.Median)))}

        {Lines(
            1,
            ["ratio", "median", "least", "most", "of requests per CPU time"],
            figures.Ratios.Select(ratio => new[] { ratio.Name, ratio.Missing ?? Number(ratio.Median), Number(ratio.Least), Number(ratio.Most), Number(ratio.PerCpuTime) }))}

        The latencies are wrk's, with its own correction for requests that waited behind a slow one; those of HEAD and pgbench have none. The memory of
        PostgreSQL leaves out its shared buffers. A side that uses much less than its core waits for something else: its disk, a lock, or wrk. Then the
        ratio of requests per CPU time says what would be if it did not.
        """;

    /// <summary>Three digits, or all of a larger number.</summary>
    public static string Number(double? figure) => figure switch
    {
        null => "–",
        >= 100 => figure.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => figure.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => figure.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string[] Row(string name, string side, Sample median) =>
        [
            name,
            side,
            Number(median.PerSecond),
            Number(median.P50Milliseconds),
            Number(median.P99Milliseconds),
            Number(median.TotalCpuMicroseconds),
            Number(median.DatabaseCpuMicroseconds),
            Number(100 * median.PerSecond * median.TotalCpuMicroseconds / MicrosecondsPerSecond),
            Number(median.TotalPeakMebibytes),
            Number(median.DatabasePeakMebibytes),
        ];

    // The first columns are text, the others numbers.
    private static string Lines(int texts, string[] head, IEnumerable<string[]> rows)
    {
        string[][] all = [head, .. rows];
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        var rule = head.Select(
            (_, column) => column < texts ? new string('-', widths[column]) : $"{new string('-', widths[column] - 1)}:");
        return string.Join('\n', new[] { head, [.. rule] }.Concat(all[1..]).Select(row => $"| {string.Join(" | ", row.Select(Pad))} |"));

        string Pad(string cell, int column) => column < texts ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]);
    }
}
