using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace GameImages.WebApi.Http;

/// <summary>
/// Reads a time of RFC 3339, also without seconds, and writes it in UTC. It rejects a time without an offset, because its time zone is
/// unknown. It drops fractions of a microsecond, because the database does not store them. A leap second is the second that follows it.
/// </summary>
internal sealed partial class TimeConverter : JsonConverter<DateTime>
{
    private const int DigitsOfMicroseconds = 6;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Parse(reader.GetString()!) is { } time ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static DateTime? Parse(string text)
    {
        var parts = Format().Match(text).Groups;
        var second = parts["second"].Success ? parts["second"].Value : "00";
        var isLeapSecond = second == "60";

        if (
            !DateTime.TryParseExact(
                $"{parts["date"]} {parts["time"]}:{(isLeapSecond ? "59" : second)}", "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var local))
            return null;

        var ticks = local.Ticks - OffsetOf(parts).Ticks;
        if (isLeapSecond && !IsBeforeLeapSecond(ticks))
            return null;

        ticks += (isLeapSecond ? TimeSpan.TicksPerSecond : 0) + (MicrosecondsOf(parts) * TimeSpan.TicksPerMicrosecond);
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }

    private static TimeSpan OffsetOf(GroupCollection parts)
    {
        if (!parts["sign"].Success)
            return TimeSpan.Zero;

        var offset = TimeSpan.ParseExact(parts["offset"].ValueSpan, @"hh\:mm", CultureInfo.InvariantCulture);
        return parts["sign"].Value == "-" ? -offset : offset;
    }

    private static long MicrosecondsOf(GroupCollection parts)
    {
        var digits = parts["fraction"].Value.PadRight(DigitsOfMicroseconds, '0');
        return long.Parse(digits.AsSpan(0, DigitsOfMicroseconds), CultureInfo.InvariantCulture);
    }

    // A leap second ends the last day of a month, in UTC (RFC 3339 section 5.7).
    private static bool IsBeforeLeapSecond(long ticks)
    {
        var next = ticks + TimeSpan.TicksPerSecond;
        return next > 0 && next <= DateTime.MaxValue.Ticks && new DateTime(next) is { Day: 1, TimeOfDay.Ticks: 0 };
    }

    [GeneratedRegex("""
        ^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2}) [Tt] (?<time>[0-9]{2}:[0-9]{2})
        (?: : (?<second>[0-9]{2}) (?: \. (?<fraction>[0-9]+) )? )?
        (?: [Zz] | (?<sign>[+-]) (?<offset>(?:[01][0-9]|2[0-3]):[0-5][0-9]) )\z
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Format();
}
