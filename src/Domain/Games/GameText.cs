using System.Globalization;
using System.Text;

namespace GameImages.Domain.Games;

/// <summary>Measures texts that people write.</summary>
public static class GameText
{
    /// <returns>
    /// The number of code points, as PostgreSQL's char_length and the lengths of JSON Schema count. A lone surrogate counts as one.
    /// </returns>
    public static int Length(string text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes())
            length++;

        return length;
    }

    /// <returns>
    /// Whether a reader sees a character in the text. White space and characters that only affect others, such as a soft hyphen, a
    /// variation selector or a Hangul filler, show nothing by themselves.
    /// </returns>
    public static bool IsVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune))
                return true;
        }

        return false;
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        UnicodeCategory.SpaceSeparator => true,
        UnicodeCategory.LineSeparator => true,
        UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => !IsPrependedMark(rune.Value),
        _ => IsIgnorable(rune.Value) || IsBlank(rune.Value) || IsNoncharacter(rune.Value),
    };

    // The property Prepended_Concatenation_Mark (Unicode Standard, PropList): signs that enclose or underline a number. They are shown.
    private static bool IsPrependedMark(int value) =>
        value is (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD;

    // The code points of the property Default_Ignorable_Code_Point (Unicode Standard, DerivedCoreProperties) that are no format
    // characters. The last range is reserved for more of them.
    private static bool IsIgnorable(int value) => value
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or (>= 0xFE00 and <= 0xFE0F)
        or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);

    // Braille without dots, a note head without a shape, a joiner of Brahmi numbers, and a filler of the Khitan script.
    private static bool IsBlank(int value) => value is 0x2800 or 0x1D159 or 0x1107F or 0x16FE4;

    private static bool IsNoncharacter(int value) => value is (>= 0xFDD0 and <= 0xFDEF) || (value & 0xFFFE) == 0xFFFE;
}
