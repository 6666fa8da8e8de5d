using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Operations.Announcements;

namespace GameImages.Migrator.Announcements;

/// <summary>The limits of the public route by PublicImages:RateLimits of the environment, with the service's own defaults.</summary>
internal static partial class RequestLimits
{
    /// <exception cref="UsageException">A setting is no number, or no time.</exception>
    public static IReadOnlyList<RequestLimit> Read() =>
        [
            .. Environment
                .GetEnvironmentVariables()
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
            : throw new UsageException($"{setting} is \"{text}\": it has to be a positive whole number.");
    }

    private static TimeSpan Window(string name)
    {
        var setting = $"PublicImages__RateLimits__{name}__Window";
        var text = Environment.GetEnvironmentVariable(setting) ?? name switch { "0" => "00:01:00", "1" => "00:05:00", _ => "" };
        return TimeSpan.TryParseExact(text, [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"], null, out var window) && window > TimeSpan.Zero
            ? window
            : throw new UsageException($"{setting} is \"{text}\": it has to be a time like 00:01:00.");
    }

    [GeneratedRegex("^PublicImages__RateLimits__(?<name>[0-9]+)__(Permits|Window)$")]
    private static partial Regex Name();
}
