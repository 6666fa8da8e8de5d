using System.Globalization;
using System.Text.RegularExpressions;

namespace GameImages.Bot.Announcements;

/// <summary>What means something in Discord's Markdown, where a backslash before any ASCII punctuation takes the meaning away.</summary>
internal static partial class DiscordMarkdown
{
    // Narrower than what Discord takes for one, which goes on until white space or "<", and does not end in punctuation.
    private const string Address = @"https?://[\p{L}\p{N}][\p{L}\p{N}\p{M}\-._~:/?#@!$&'()+,;=%]*[\p{L}\p{N}/_~=&#%@$+\-]";

    /// <returns>Whether the character formats, mentions, or opens something that does. Parentheses and "]" close what has to be opened by "[".</returns>
    public static bool IsMarkup(string text, int index) =>
        text[index] switch
        {
            '\\' or '*' or '_' or '~' or '|' or '`' or '[' or '<' or '@' => true,
            // An emoji's name follows. Any other colon may stand right behind a link, which a backslash would become part of.
            ':' => index + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[index + 1]) || text[index + 1] is '_' or '+' or '-'),
            // A link swallows the backslash before a "<" right behind it, so what makes a mention of that is escaped as well.
            '#' when index > 0 && text[index - 1] == '<' => true,
            '#' or '>' or '-' or '+' => StartsLine(text.AsSpan(0, index)),
            '.' => text.AsSpan(0, index) is var before
                && before.TrimEnd("0123456789") is var indent
                && indent.Length < before.Length
                && StartsLine(indent),
            _ => false,
        };

    /// <summary>Inside a link nothing is markup, and a backslash would be part of its address.</summary>
    /// <returns>The length of the link that starts here, with the angle brackets around it if there are any; 0 when none does.</returns>
    public static int LinkLength(string text, int index)
    {
        if (text[index] is not ('h' or '<') || Link().Match(text, index) is not { Success: true, Index: var start, Length: var length })
            return 0;

        // Marks and joiners that follow belong to the last character.
        var last = start + length - 1;
        return length - 1 + StringInfo.GetNextTextElementLength(text.AsSpan(last));
    }

    private static bool StartsLine(ReadOnlySpan<char> before) => !UserText.IsVisible(before[(before.LastIndexOf('\n') + 1)..]);

    [GeneratedRegex($@"\G(?:<{Address}>|(?<![\p{{L}}\p{{N}}]){Address})")]
    private static partial Regex Link();
}
