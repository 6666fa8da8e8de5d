using System.Globalization;
using GameImages.Hosting;
using GameImages.Infrastructure.Settings;

namespace GameImages.WebApi.RateLimits;

/// <summary>
/// The number of requests that one client may send in any period of the length of the window. The end is not part of the period.
/// </summary>
internal readonly record struct RateLimit(int Permits, TimeSpan Window)
{
    /// <returns>A limit with so many times the permits, as far as a number can count them.</returns>
    public RateLimit Times(int factor) => this with { Permits = (int)Math.Min((long)Permits * factor, int.MaxValue) };

    /// <summary>Reads the settings {n}:Permits and {n}:Window of a section. Each of them overrides its own default.</summary>
    /// <param name="defaults">The limits 0, 1 and so on, which apply unless they are set.</param>
    /// <exception cref="InvalidSettingException">A setting is invalid.</exception>
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

        return new(
            section.ReadNumber("Permits", fallback?.Permits, 1, int.MaxValue),
            section.ReadTime("Window", fallback?.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)));
    }
}
