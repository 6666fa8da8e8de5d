using System.Globalization;

namespace GameImages.Migrator;

/// <summary>Numbers as people read them.</summary>
internal static class Units
{
    public static string Count(this long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <returns>"1 picture" or "2 pictures".</returns>
    public static string Count(this long number, string one) => $"{number.Count()} {one}{(number == 1 ? "" : "s")}";

    /// <returns>Decimal units, as disks have them: "512 bytes", "1.5 MB".</returns>
    public static string Bytes(this long bytes) => bytes switch
    {
        < 1000 => bytes.Count("byte"),
        < 1_000_000 => Scaled(bytes / 1e3, "kB"),
        < 1_000_000_000 => Scaled(bytes / 1e6, "MB"),
        _ => Scaled(bytes / 1e9, "GB"),
    };

    private static string Scaled(double number, string unit) => $"{number.ToString("0.0", CultureInfo.InvariantCulture)} {unit}";
}
