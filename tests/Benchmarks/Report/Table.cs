using System.Globalization;
using GameImages.Benchmarks.Measure;

namespace GameImages.Benchmarks.Report;

/// <summary>Formats the figures as Markdown tables.</summary>
internal static class Table
{
    private const double MicrosecondsPerSecond = 1_000_000;

    private static readonly string[] ResultHead =
    [
        "case", "side", "requests/s", "p50 ms", "p99 ms", "CPU µs/request", "of it PostgreSQL", "core used %", "peak MiB",
        "of it PostgreSQL",
    ];

    public static string Of(Figures figures) =>
        $"""
        Medians of {figures.Rounds} rounds of {figures.Seconds} s, {figures.MeasuredAt:yyyy-MM-dd}, on {figures.Machine.Processor}.
        The servers, including PostgreSQL, ran on one core, and the load on another. {figures.Machine.System}, {figures.Machine.Runtime},
        PostgreSQL {figures.Machine.Postgres}, nginx {figures.Machine.Nginx}.

        {Lines(
            2,
            ResultHead,
            figures.Results.Select(result => Row(result.Case, result.Side, result.Median)))}

        {Lines(
            1,
            ["ratio", "median", "least", "most", "of requests per CPU time"],
            figures.Ratios.Select(Row))}

        wrk measures the latencies and corrects them for requests that waited behind a slow one. The latencies of HEAD and pgbench are
        not corrected. The memory of PostgreSQL does not include its shared buffers. A server that uses much less than its core waits for
        its disk, a lock, or wrk. The ratio of requests per CPU time shows the result without that wait.
        """;

    /// <summary>Formats a number with three digits, or with all digits before the decimal point.</summary>
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

    private static string[] Row(Ratio ratio) =>
        [
            ratio.Name,
            ratio.Missing ?? Number(ratio.Median),
            Number(ratio.Least),
            Number(ratio.Most),
            Number(ratio.PerCpuTime),
        ];

    // The first columns contain texts, the others numbers.
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
