using Microsoft.Extensions.Configuration;

namespace GameImages.Infrastructure.Settings;

/// <summary>Reads settings. The message for an invalid setting names it and the rule that it breaks.</summary>
public static class SettingRules
{
    /// <param name="fallback">The value to use where the setting is absent; null when the setting is required.</param>
    /// <param name="parse">Returns null for an invalid value.</param>
    /// <param name="rule">The rule for valid values, as the end of a sentence that begins with "it has to be".</param>
    /// <exception cref="InvalidSettingException">The setting is invalid, or required and absent.</exception>
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

    /// <summary>Refuses an unknown name in a section, which is usually a misspelling.</summary>
    public static void AllowOnly(this IConfigurationSection section, params string[] names) =>
        section.AllowOnly(name => names.Contains(name, StringComparer.OrdinalIgnoreCase), string.Join(", ", names));

    public static void AllowOnly(this IConfigurationSection section, Func<string, bool> isKnown, string known)
    {
        if (!string.IsNullOrEmpty(section.Value))
            throw new InvalidSettingException($"{section.Path} has no value of its own: below it there may be {known}.");

        if (section.GetChildren().FirstOrDefault(child => !isKnown(child.Key)) is { } unknown)
            throw new InvalidSettingException($"{unknown.Path} is no setting: below {section.Path} there may be {known}.");
    }
}
