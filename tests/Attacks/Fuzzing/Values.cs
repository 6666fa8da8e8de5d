using System.Globalization;

namespace GameImages.Attacks.Fuzzing;

/// <summary>
/// Creates texts for fields, parameters and headers: valid ones, slightly invalid ones, and ones that parsers often mishandle.
/// </summary>
internal sealed class Values(Random random, string[] gameIds, string[] imageIds)
{
    private static readonly string[] Valid =
    [
        "42", "5", "7", "Dune: Imperium", "2027-02-07T19:30:00Z", "2027-02-07T20:30:00+01:00", "90", "4", "scheduled", "in_progress",
        "cancelled", "completed", "true", "false", "50", "\"abc\"", "*", "bytes=0-9", "bytes=-1", "bytes=5-",
        "Sun, 06 Nov 1994 08:49:37 GMT",
    ];

    private static readonly string[] Hostile =
    [
        "", " ", "\0", "a\0b", "-1", "0", "1.5", "1e400", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "0x2A",
        "٤٢", "NaN", "null", "undefined", "[]", "{}", "'; DROP TABLE game_sessions; --", "%", "_", "\\", "%00", "%2e%2e%2f",
        "../../etc/passwd", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "\u202Eabc", "\uFEFF42", "e\u0301", "\U0001F3B2",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2027-02-30T00:00:00Z", "2027-02-07T24:00:00Z", "2027-02-07", "infinity",
        "-infinity", "2027-02-07T19:30:60Z", "W/\"abc\"", "\"", "\"a\", \"b\"", "bytes=9-0", "bytes=0-0,1-1",
        "bytes=18446744073709551616-", "bytes=abc", "chunks=0-1", "abc_def", "NjM4_", "====",
    ];

    /// <returns>A text that may be valid.</returns>
    public string Next() => random.Next(5) switch
    {
        0 or 1 => Pick(Valid),
        2 => Pick(Hostile),
        3 => Mutate(Pick(Valid)),
        _ => random.Next(20) == 0 ? new string('x', random.Next(5000)) : Pick(Hostile) + Pick(Valid),
    };

    /// <returns>The id of a game, usually an existing one.</returns>
    public string GameId() => Id(gameIds);

    /// <returns>The name of an image, usually an existing one.</returns>
    public string ImageName() => Id(imageIds) + Pick("", "", ".png", ".jpg", ".gif", ".webp", ".", ".PNG", ".svg", "/640.webp");

    /// <returns>A random element.</returns>
    public T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    private string Id(string[] ids) => random.Next(10) switch
    {
        0 => Next(),
        1 => Guid.NewGuid().ToString(),
        2 => Mutate(Pick(ids)),
        _ => Pick(ids),
    };

    private string Mutate(string text)
    {
        var at = random.Next(text.Length + 1);
        var character = (char)random.Next(1, 0x250);
        return random.Next(3) switch
        {
            0 => text.Insert(at, character.ToString(CultureInfo.InvariantCulture)),
            1 => text.Remove(Math.Min(at, text.Length - 1), 1),
            _ => text[..at] + text,
        };
    }
}
