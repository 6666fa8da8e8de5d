using System.Globalization;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.Images;

/// <summary>At most so many requests of one client in any stretch of time as long as the window, its end not included.</summary>
internal readonly record struct RateLimit(int Permits, TimeSpan Window)
{
    /// <summary>Reads the settings {n}:Permits and {n}:Window of a section. Each of them overrides its own default.</summary>
    /// <param name="defaults">The limits 0, 1 and so on, which apply unless they are set.</param>
    /// <exception cref="InvalidSettingException">A setting is nonsense; it says which, and what is expected.</exception>
    public static RateLimit[] Read(IConfigurationSection section, params RateLimit[] defaults)
    {
        section.AllowOnly(name => name.All(char.IsAsciiDigit), "numbers: 0, 1 and so on");
        var names = section.GetChildren().Select(limit => limit.Key).Union(defaults.Select((_, n) => $"{n}"));
        return [.. names.Select(name => Read(section.GetSection(name), name, defaults))];
    }

    private static RateLimit Read(IConfigurationSection section, string name, RateLimit[] defaults)
    {
        section.AllowOnly("Permits", "Window");
        var isDefault = int.TryParse(name, NumberStyles.None, null, out var n) && n < defaults.Length && name == $"{n}";
        RateLimit? fallback = isDefault ? defaults[n] : null;
        var permits = fallback?.Permits.ToString(CultureInfo.InvariantCulture);

        return new(
            section.Read("Permits", permits, ParsePermits, "a whole number from 1 to 2147483647"),
            section.Read("Window", fallback?.Window.ToString(), ParseWindow, "a time from 00:00:01 to 1.00:00:00"));
    }

    private static int? ParsePermits(string text) =>
        int.TryParse(text, NumberStyles.None, null, out var number) && number > 0 ? number : null;

    // Not just any TimeSpan, of which "60" would be sixty days.
    private static TimeSpan? ParseWindow(string text) =>
        TimeSpan.TryParseExact(text, [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"], null, out var window)
        && window >= TimeSpan.FromSeconds(1) && window <= TimeSpan.FromDays(1)
            ? window
            : null;
}
