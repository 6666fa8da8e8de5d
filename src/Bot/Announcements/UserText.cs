using System.Globalization;
using System.Text;

namespace GameImages.Bot.Announcements;

/// <summary>What a person wrote, without what would be no text, or would reach beyond it.</summary>
internal static class UserText
{
    /// <returns>Well-formed Unicode whose lines end in LF, without white space around it, and without controls other than LF and TAB.</returns>
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

    /// <returns>The same on one line, with single spaces.</returns>
    public static string Line(string? text) => string.Join(' ', Lines(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <returns>Whether there is anything to see: marks that have no letter to stand on and characters of no width do not count.</returns>
    public static bool IsVisible(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsBlank(rune))
                return true;
        }

        return false;
    }

    // Embeddings, overrides and isolates (Unicode Standard Annex #9, 2.1 to 2.5) last until they are closed. They are removed, since balancing
    // them would have to be done again after a cut; right-to-left text needs none, and the marks U+200E and U+200F, which end at themselves, stay.
    private static bool IsDirectionControl(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    // The fillers of Hangul and the empty Braille pattern are letters and symbols by their category; the last range is ignorable by default.
    private static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
        || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);
}
