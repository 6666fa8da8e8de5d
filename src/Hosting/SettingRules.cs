using System.Globalization;
using GameImages.Infrastructure.Settings;
using Microsoft.Extensions.Configuration;

namespace GameImages.Hosting;

/// <summary>Reads settings. An invalid setting is an exception whose message names the setting and what is expected.</summary>
public static class SettingRules
{
    /// <param name="fallback">The value of a setting that is not set; null if the setting is required.</param>
    /// <param name="parse">Returns null for an invalid value.</param>
    /// <param name="rule">What is expected, as the end of a sentence.</param>
    /// <exception cref="InvalidSettingException">The setting is invalid, or it is required and not set.</exception>
    public static T Read<T>(this IConfiguration section, string name, string? fallback, Func<string, T?> parse, string rule)
        where T : class
    {
        var setting = section.GetSection(name);
        var text = setting.Value ?? fallback;
        return setting.GetChildren().Any() || text is null || parse(text) is not { } value
            ? throw new InvalidSettingException($"{setting.Path} is {(text is null ? "not set" : $"\"{text}\"")}: it has to be {rule}.")
            : value;
    }

    /// <inheritdoc cref="Read{T}(IConfiguration, string, string?, Func{string, T?}, string)"/>
    public static T Read<T>(this IConfiguration section, string name, string? fallback, Func<string, T?> parse, string rule)
        where T : struct =>
        (T)section.Read<object>(name, fallback, text => parse(text), rule);

    /// <param name="rule">What is expected, as the end of a sentence; null for a whole number in the range.</param>
    /// <exception cref="InvalidSettingException">The setting is not a whole number in the range.</exception>
    public static int ReadNumber(this IConfiguration section, string name, int? fallback, int min, int max, string? rule = null) =>
        section.Read(
            name,
            fallback?.ToString(CultureInfo.InvariantCulture),
            text => int.TryParse(text, NumberStyles.None, null, out var number) && number >= min && number <= max ? number : (int?)null,
            rule ?? $"a whole number from {min} to {max}");

    /// <exception cref="InvalidSettingException">The setting is not a time in the range, with hours, minutes and seconds.</exception>
    public static TimeSpan ReadTime(this IConfiguration section, string name, TimeSpan? fallback, TimeSpan min, TimeSpan max)
    {
        return section.Read(name, fallback?.ToString(), Parse, $"a time from {min} to {max}");

        // TimeSpan.Parse would read "60" as sixty days, and "24:00:00" as twenty-four.
        TimeSpan? Parse(string text) =>
            TimeSpan.TryParseExact(text, [@"hh\:mm\:ss", @"d\.hh\:mm\:ss"], null, out var time) && time >= min && time <= max
                ? time
                : null;
    }

    /// <exception cref="InvalidSettingException">The setting is neither true nor false.</exception>
    public static bool ReadSwitch(this IConfiguration section, string name, bool fallback) =>
        section.Read(name, fallback ? "true" : "false", text => bool.TryParse(text, out var on) ? on : (bool?)null, "true or false");

    /// <returns>The setting, or the fallback if it is not set; null if that is empty or white space.</returns>
    /// <exception cref="InvalidSettingException">There are settings below it. The message does not contain their values.</exception>
    public static string? ReadText(this IConfiguration section, string name, string? fallback = null)
    {
        var setting = section.GetSection(name);
        if (setting.GetChildren().Any())
            throw new InvalidSettingException($"{setting.Path} has to be a text: there may be no settings below it.");

        var text = setting.Value ?? fallback;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Rejects a section with a setting that the program does not know, which is usually misspelt.</summary>
    /// <exception cref="InvalidSettingException">There is an unknown setting, or the section itself has a value.</exception>
    public static void AllowOnly(this IConfigurationSection section, params string[] names) =>
        section.AllowOnly(name => names.Contains(name, StringComparer.OrdinalIgnoreCase), string.Join(", ", names));

    /// <inheritdoc cref="AllowOnly(IConfigurationSection, string[])"/>
    /// <param name="known">The names that are known, for the message.</param>
    public static void AllowOnly(this IConfigurationSection section, Func<string, bool> isKnown, string known)
    {
        if (!string.IsNullOrEmpty(section.Value))
            throw new InvalidSettingException($"{section.Path} cannot have a value of its own: below it there may be {known}.");

        if (section.GetChildren().FirstOrDefault(child => !isKnown(child.Key)) is { } unknown)
            throw new InvalidSettingException($"{unknown.Path} is not a setting: below {section.Path} there may be {known}.");
    }
}
