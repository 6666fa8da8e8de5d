using System.Globalization;

namespace GameImages.Migrator;

/// <summary>Formats numbers for people.</summary>
internal static class Units
{
    public static string Count(this long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <returns>"1 image" or "2 images".</returns>
    public static string Count(this long number, string one) => $"{number.Count()} {one}{(number == 1 ? "" : "s")}";

    /// <returns>The number in decimal units, such as "512 bytes" or "1.5 MB".</returns>
    public static string Bytes(this long bytes) => bytes switch
    {
        < 1000 => bytes.Count("byte"),
        < 1_000_000 => Scaled(bytes / 1e3, "kB"),
        < 1_000_000_000 => Scaled(bytes / 1e6, "MB"),
        _ => Scaled(bytes / 1e9, "GB"),
    };

    private static string Scaled(double number, string unit) => $"{number.ToString("0.0", CultureInfo.InvariantCulture)} {unit}";
}
