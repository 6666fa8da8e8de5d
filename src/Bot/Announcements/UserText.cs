using System.Globalization;
using System.Text;

namespace GameImages.Bot.Announcements;

/// <summary>
/// Cleans the texts that people wrote: removes control characters and characters that change the direction of later text.
/// </summary>
internal static class UserText
{
    /// <returns>
    /// Well-formed Unicode with LF line ends, trimmed. LF and TAB are the only control characters. The text is empty when the input is
    /// null.
    /// </returns>
    public static string Lines(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        // The enumeration yields U+FFFD for a lone surrogate.
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!IsDirectionControl(rune) && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t'))
                clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    /// <returns>The clean text on one line, with single spaces.</returns>
    public static string Line(string? text) => string.Join(' ', Lines(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <returns>Whether the text shows anything. Combining marks without a letter and zero-width characters show nothing.</returns>
    public static bool IsVisible(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsBlank(rune))
                return true;
        }

        return false;
    }

    // Embeddings, overrides and isolates (Unicode Standard Annex #9, 2.1 to 2.5) last until a closing character. An excerpt may lose the
    // closing character, so they are removed. Right-to-left text does not need them. The marks U+200E and U+200F affect no later text, so
    // they stay.
    private static bool IsDirectionControl(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    // Unicode classifies the Hangul fillers as letters and the blank Braille pattern as a symbol, but they show nothing. Programs do not
    // show the last range by default either.
    private static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
        || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);
}
