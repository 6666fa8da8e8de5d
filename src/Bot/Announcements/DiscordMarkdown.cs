using System.Globalization;
using System.Text.RegularExpressions;

namespace GameImages.Bot.Announcements;

/// <summary>
/// Finds the markup and the links in Discord's Markdown. A backslash before ASCII punctuation turns markup into plain text.
/// </summary>
internal static partial class DiscordMarkdown
{
    // Narrower than Discord's own rule. Discord's links end before white space, before "<", or before punctuation at the end.
    private const string Address = @"https?://[\p{L}\p{N}][\p{L}\p{N}\p{M}\-._~:/?#@!$&'()+,;=%]*[\p{L}\p{N}/_~=&#%@$+\-]";

    /// <returns>
    /// Whether the character formats text, mentions something, or opens such markup. Parentheses and "]" only close markup that "[" opens,
    /// so they count as plain text.
    /// </returns>
    public static bool IsMarkup(string text, int index) =>
        text[index] switch
        {
            '\\' or '*' or '_' or '~' or '|' or '`' or '[' or '<' or '@' => true,
            // Only a colon before an emoji's name counts. Other colons may follow a link, and a backslash would become part of the link.
            ':' => index + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[index + 1]) || text[index + 1] is '_' or '+' or '-'),
            // In "link\<#1>" the backslash becomes part of the link. Escaping the "#" as well prevents the mention.
            '#' when index > 0 && text[index - 1] == '<' => true,
            '#' or '>' or '-' or '+' => StartsLine(text.AsSpan(0, index)),
            '.' => text.AsSpan(0, index) is var before
                && before.TrimEnd("0123456789") is var indent
                && indent.Length < before.Length
                && StartsLine(indent),
            _ => false,
        };

    /// <summary>Measures a link. Discord finds no markup inside a link, and a backslash there would change its address.</summary>
    /// <returns>
    /// The length of the link that starts at the index, including angle brackets around it; 0 when no link starts there.
    /// </returns>
    public static int LinkLength(string text, int index)
    {
        if (text[index] is not ('h' or '<') || Link().Match(text, index) is not { Success: true, Index: var start, Length: var length })
            return 0;

        // Marks and joiners after the link belong to its last character.
        var last = start + length - 1;
        return length - 1 + StringInfo.GetNextTextElementLength(text.AsSpan(last));
    }

    private static bool StartsLine(ReadOnlySpan<char> before) => !UserText.IsVisible(before[(before.LastIndexOf('\n') + 1)..]);

    [GeneratedRegex($@"\G(?:<{Address}>|(?<![\p{{L}}\p{{N}}]){Address})")]
    private static partial Regex Link();
}
