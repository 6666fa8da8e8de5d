using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GameImages.Domain.Games;

/// <summary>The id of a Discord object: a positive 63-bit integer. Outside the database it is written as a decimal string.</summary>
public readonly record struct Snowflake : IParsable<Snowflake>
{
    /// <exception cref="BrokenRuleException">The value is not positive.</exception>
    public Snowflake(long value)
    {
        if (value <= 0)
            throw new BrokenRuleException(nameof(Snowflake), "A Discord id must be a positive number.");

        Value = value;
    }

    public long Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Snowflake result)
    {
        // long.TryParse ignores NUL characters at the end of the text, so each character is checked.
        var isNumber = long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        var isId = isNumber && value > 0 && s!.All(char.IsAsciiDigit);
        result = isId ? new Snowflake(value) : default;
        return isId;
    }

    /// <exception cref="FormatException">The text is not a Discord id.</exception>
    public static Snowflake Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException("A Discord id must be a string of digits between 1 and 9223372036854775807.");

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
