using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GameImages.Migrator;

/// <summary>An option whose value is a whole number.</summary>
internal static class NumberOption
{
    /// <param name="min">The smallest allowed value.</param>
    public static Option<int> Create(string name, string description, int defaultValue, int min) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = parsed => Parse(name, min, parsed),
    };

    /// <summary>The value is null if the option is not given.</summary>
    /// <param name="min">The smallest allowed value.</param>
    public static Option<int?> CreateOptional(string name, string description, int min) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = parsed => Parse(name, min, parsed),
    };

    private static int Parse(string name, int min, ArgumentResult parsed)
    {
        var text = parsed.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min)
            return number;

        parsed.AddError($"{name} is \"{text}\": it has to be a whole number from {min} to {int.MaxValue}.");
        return 0;
    }
}
