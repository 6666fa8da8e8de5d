using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Infrastructure.Settings;

namespace GameImages.Operations.Announcements;

/// <summary>A limit of the public route: the number of requests that one client address may send in a period.</summary>
/// <param name="Name">The name of the setting below PublicImages:RateLimits.</param>
public sealed record RequestLimit(string Name, int Permits, TimeSpan Window);

/// <summary>Reads the limits of the public route from the environment, with the same defaults as the service.</summary>
public static partial class RequestLimits
{
    /// <exception cref="InvalidSettingException">A setting is not a positive number or not a period.</exception>
    public static IReadOnlyList<RequestLimit> Read() =>
    [
        .. Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(variable => Name().Match((string)variable.Key))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)
            .Union(["0", "1"])
            .Order(StringComparer.Ordinal)
            .Select(name => new RequestLimit(name, Permits(name), Window(name))),
    ];

    private static int Permits(string name)
    {
        var setting = $"PublicImages__RateLimits__{name}__Permits";
        var text = Environment.GetEnvironmentVariable(setting) ?? name switch { "0" => "60", "1" => "100", _ => "" };
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var permits) && permits > 0
            ? permits
            : throw new InvalidSettingException($"{setting} is \"{text}\": it has to be a positive whole number.");
    }

    private static TimeSpan Window(string name)
    {
        var setting = $"PublicImages__RateLimits__{name}__Window";
        var text = Environment.GetEnvironmentVariable(setting) ?? name switch { "0" => "00:01:00", "1" => "00:05:00", _ => "" };
        return TimeSpan.TryParseExact(text, [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"], null, out var window) && window > TimeSpan.Zero
            ? window
            : throw new InvalidSettingException($"{setting} is \"{text}\": it has to be a time like 00:01:00.");
    }

    [GeneratedRegex("^PublicImages__RateLimits__(?<name>[0-9]+)__(Permits|Window)$")]
    private static partial Regex Name();
}
