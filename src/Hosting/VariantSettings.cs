using System.Globalization;
using GameImages.Application.Images;
using GameImages.Infrastructure.Settings;
using Microsoft.Extensions.Configuration;

namespace GameImages.Hosting;

/// <summary>The settings below Variants, which the service and the worker share.</summary>
public static class VariantSettings
{
    private const int MaxWidth = 4096;
    private const int MaxCount = 10;

    /// <exception cref="InvalidSettingException">The setting is not a list of widths.</exception>
    public static VariantWidths ReadWidths(IConfiguration configuration)
    {
        var section = configuration.GetSection("Variants");
        section.AllowOnly("Widths");
        return section.Read(
            "Widths",
            string.Join(", ", VariantWidths.Default.Values),
            Parse,
            $"1 to {MaxCount} widths in ascending order, each from 1 to {MaxWidth}, such as 320, 640, 1280");
    }

    private static VariantWidths? Parse(string text)
    {
        var widths = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var isWidth = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var width);
            if (!isWidth || width <= widths.LastOrDefault() || width > MaxWidth)
                return null;

            widths.Add(width);
        }

        return widths.Count <= MaxCount ? new(widths) : null;
    }
}
