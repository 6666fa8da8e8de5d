using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GameImages.Domain.Games;

/// <summary>The id of a Discord object: a positive 63-bit integer, written as a decimal string outside the database.</summary>
public readonly record struct Snowflake : IParsable<Snowflake>
{
    /// <exception cref="BrokenRuleException">The value is not positive.</exception>
    public Snowflake(long value)
    {
        if (value <= 0)
            throw new BrokenRuleException(nameof(Snowflake), "A Discord id is a positive number.");

        Value = value;
    }

    public long Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Snowflake result)
    {
        // The number parser alone would pass over NULs at the end.
        var isId =
            long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 && s.All(char.IsAsciiDigit);
        result = isId ? new Snowflake(value) : default;
        return isId;
    }

    public static Snowflake Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A Discord id is a string of digits.");

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
