using System.Globalization;
using System.Text.Json.Nodes;

namespace GameImages.Testing.Fuzzing;

/// <summary>
/// Creates values for fields, parameters and headers: valid ones, ones at and beyond the limits of a schema, and ones that parsers often
/// mishandle.
/// </summary>
internal sealed class Values(Random random)
{
    private static readonly string[] Hostile =
    [
        "", " ", "\0", "a\0b", "-1", "0", "1.5", "1e400", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "0x2A",
        "٤٢", "NaN", "null", "undefined", "[]", "{}", "'; DROP TABLE game_sessions; --", "%", "_", "\\", "%00", "%2e%2e%2f",
        "../../etc/passwd", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "\u202Eabc", "\uFEFF42", "e\u0301", "\U0001F3B2",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2027-02-30T00:00:00Z", "2027-02-07T24:00:00Z", "2027-02-07", "infinity",
        "-infinity", "2027-02-07T19:30:60Z", "W/\"abc\"", "\"", "\"a\", \"b\"", "bytes=9-0", "bytes=0-0,1-1",
        "bytes=18446744073709551616-", "bytes=abc", "chunks=0-1", "abc_def", "NjM4_", "====", "true", "42", "\u200B\u200B", "ẞß",
    ];

    // JSON that a reader could mistake for a text, or for another number.
    private static readonly string[] OtherJson =
    [
        "null", "true", "5", "-1", "0", "1.5", "90.0", "9e1", "1e400", "2147483648", "99999999999999999999", "[]", "{}", "\"\"",
        "[\"42\"]", "{\"a\":{\"b\":[]}}", "\"a\\u0000b\"",
    ];

    private static readonly string[] Times =
    [
        "2027-02-07T19:30:00Z", "2027-02-07T20:30:00+01:00", "2027-02-07t19:30:00z", "2027-02-07T19:30:00.1234567-11:30",
    ];

    /// <returns>One of the texts, or a slightly changed one.</returns>
    public string Next() => random.Next(3) == 0 ? Mutate(Pick(Hostile)) : Pick(Hostile);

    /// <returns>A random element.</returns>
    public T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public bool OneIn(int count) => random.Next(count) == 0;

    public int Number(int limit) => random.Next(limit);

    /// <returns>A value that the schema allows; null if the schema cannot tell which value the service accepts.</returns>
    public JsonNode? Valid(string name, JsonObject schema)
    {
        switch (name)
        {
            case "guild_id": return "42";
            case "channel_id": return Pick("5", "6");
            case "host_id": return "7";
            case "cursor": return null;
        }

        if (schema["enum"] is JsonArray choices)
            return Pick([.. choices])!.DeepClone();
        if (Is(schema, "integer"))
            return Number(schema, "minimum", 1) + random.Next(Math.Min(100, Number(schema, "maximum", 1000)));
        if (Is(schema, "boolean"))
            return OneIn(2);

        return Format(schema) switch
        {
            "date-time" => Pick(Times),
            "uuid" => Guid.NewGuid().ToString(),
            "binary" => null,
            _ => Text(Pick(Math.Max(1, Number(schema, "minLength", 1)), 20, Number(schema, "maxLength", 40))),
        };
    }

    /// <returns>A value that the schema forbids, or one that it only just allows.</returns>
    public JsonNode? Extreme(JsonObject schema) => random.Next(4) switch
    {
        0 when Is(schema, "integer") => Pick(Number(schema, "minimum", 1) - 1, Number(schema, "maximum", int.MaxValue - 1) + 1),
        0 when schema.ContainsKey("maxLength") => Text(Number(schema, "maxLength", 0) + Pick(0, 1)),
        0 or 1 => Next(),
        _ => JsonNode.Parse(Pick(OtherJson)),
    };

    public string Mutate(string text)
    {
        var at = random.Next(text.Length + 1);
        var character = (char)random.Next(1, 0x250);
        return (text.Length == 0 ? 0 : random.Next(3)) switch
        {
            0 => text.Insert(at, character.ToString(CultureInfo.InvariantCulture)),
            1 => text.Remove(Math.Min(at, text.Length - 1), 1),
            _ => text[..at] + text,
        };
    }

    // Some characters have two or four bytes in UTF-8.
    private string Text(int length) => OneIn(4) ? new('é', length) : new('x', length);

    private static string? Format(JsonObject schema) => schema["format"]?.GetValue<string>();

    private static int Number(JsonObject schema, string name, int otherwise) => schema[name]?.GetValue<int>() ?? otherwise;

    private static bool Is(JsonObject schema, string type) => schema["type"] is JsonArray types
        ? types.Any(each => each!.GetValue<string>() == type)
        : schema["type"]?.GetValue<string>() == type;
}
