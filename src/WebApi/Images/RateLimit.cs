using System.Globalization;
using GameImages.Infrastructure;

namespace GameImages.WebApi.Images;

/// <summary>At most so many requests of one client in any stretch of time as long as the window, its end not included.</summary>
internal readonly record struct RateLimit(int Permits, TimeSpan Window)
{
    /// <summary>Reads PublicImages:RateLimits:{n}:Permits and Window, each of which overrides a default of its own.</summary>
    /// <exception cref="InvalidSettingException">A setting is nonsense; it says which, and what is expected.</exception>
    public static RateLimit[] Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("PublicImages:RateLimits");
        section.AllowOnly(name => name.All(char.IsAsciiDigit), "numbers: 0, 1 and so on");
        var names = section.GetChildren().Select(limit => limit.Key).Union(["0", "1"]);
        return [.. names.Select(name => Read(section.GetSection(name), name))];
    }

    private static RateLimit Read(IConfigurationSection section, string name)
    {
        section.AllowOnly("Permits", "Window");
        var (permits, window) = name switch
        {
            "0" => ("60", "00:01:00"),
            "1" => ("100", "00:05:00"),
            _ => (null, null),
        };

        return new(
            section.Read("Permits", permits, ParsePermits, "a whole number from 1 to 2147483647"),
            section.Read("Window", window, ParseWindow, "a time from 00:00:01 to 1.00:00:00"));
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
