using System.Globalization;
using System.Net;

namespace GameImages.Benchmarks.Report;

/// <summary>Draws the ratios as bars in SVG. A line marks the ratio 1, where both servers are equally fast.</summary>
internal static class Chart
{
    private const int Width = 940;
    private const int Labels = 460;
    private const int Row = 28;
    private const int Bar = 16;
    private const double PixelsPerOne = 260;
    private const double Longest = 1.5;

    public static string Of(IEnumerable<Ratio> ratios)
    {
        var shown = ratios.Where(ratio => ratio.Name.Contains('/', StringComparison.Ordinal) && ratio.Median is not null).ToArray();
        var height = Row * (shown.Length + 1);

        return string.Create(CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="13">
              <rect width="{Width}" height="{height}" fill="#fff"/>
              <path d="M{Labels + PixelsPerOne} 4V{height - Row}" stroke="#555" stroke-dasharray="4 3"/>
            {string.Join('\n', shown.Select(Line))}
              <text x="{Labels + PixelsPerOne}" y="{height - 9}" text-anchor="middle" fill="#555">equal to the other</text>
            </svg>

            """);
    }

    private static string Line(Ratio ratio, int row)
    {
        var top = row * Row + (Row - Bar) / 2;
        var length = Math.Min(ratio.Median!.Value, Longest) * PixelsPerOne;
        var label = $"x=\"{(Labels + length + 6).ToString("0.#", CultureInfo.InvariantCulture)}\" y=\"{top + 13}\"";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
              <text x="{Labels - 10}" y="{top + 13}" text-anchor="end" fill="#222">{WebUtility.HtmlEncode(ratio.Name)}</text>
              <rect x="{Labels}" y="{top}" width="{length:0.#}" height="{Bar}" fill="#2f6f9f"/>
              <text {label} fill="#222" stroke="#fff" stroke-width="3" paint-order="stroke">{Table.Number(ratio.Median)}</text>
            """);
    }
}
