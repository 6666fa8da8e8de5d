using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace GameImages.WebApi.Http;

/// <summary>
/// Reads a whole number in every spelling that JSON has for it, such as 90, 90.0 and 9e1. JSON Schema calls all of them integers. The
/// number is exact, and a large exponent costs no time.
/// </summary>
/// <param name="fromText">Whether the number is text, as in a form or a query.</param>
internal sealed partial class WholeNumberConverter(bool fromText) : JsonConverter<int>
{
    private const int MaxDigits = 10;

    // Beyond it, the exponent moves every digit of a body out of range.
    private const int MaxExponent = 1_000_000;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != (fromText ? JsonTokenType.String : JsonTokenType.Number))
            throw new JsonException();

        return Parse(fromText ? reader.GetString()! : Encoding.ASCII.GetString(DigitsOf(reader))) ?? throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    // The digits may be in several segments of the body.
    private static ReadOnlySpan<byte> DigitsOf(in Utf8JsonReader reader) =>
        reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;

    private static int? Parse(string text)
    {
        var parts = Format().Match(text).Groups;
        if (!parts["whole"].Success)
            return null;

        // The number is its digits, moved by the exponent. Zeros at the end of the digits belong to the exponent.
        var digits = $"{parts["whole"]}{parts["fraction"]}".TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant == "")
            return 0;

        var exponent = ExponentOf(parts) - parts["fraction"].Length + digits.Length - significant.Length;
        if (exponent < 0 || significant.Length + exponent > MaxDigits)
            return null;

        var number = $"{parts["sign"]}{significant}{new string('0', exponent)}";
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static int ExponentOf(GroupCollection parts)
    {
        if (!parts["exponent"].Success)
            return 0;

        var isSmall = int.TryParse(
            parts["exponent"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent);
        var limit = parts["exponent"].ValueSpan[0] == '-' ? -MaxExponent : MaxExponent;
        return isSmall ? Math.Clamp(exponent, -MaxExponent, MaxExponent) : limit;
    }

    // The number of RFC 8259 section 6.
    [GeneratedRegex(@"^(?<sign>-?)(?<whole>0|[1-9][0-9]*)(?:\.(?<fraction>[0-9]+))?(?:[eE](?<exponent>[+-]?[0-9]+))?\z")]
    private static partial Regex Format();
}
