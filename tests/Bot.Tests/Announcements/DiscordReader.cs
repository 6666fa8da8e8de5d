using System.Text.RegularExpressions;

namespace GameImages.Bot.Tests.Announcements;

/// <summary>Reads Markdown by the rules of Discord's clients, in their order: escapes, then links, then whatever formats.</summary>
internal static partial class DiscordReader
{
    /// <returns>What of the text would not show as it is written; empty when all of it does.</returns>
    public static IEnumerable<string> Markup(string text, bool makesLinks)
    {
        var rest = makesLinks ? EscapeOrLink().Replace(text, "\u0001") : Escape().Replace(text, "\u0001");
        return Meaning().Matches(rest).Select(match => match.Value);
    }

    /// <returns>The text as it shows.</returns>
    public static string Shown(string text) => Escape().Replace(text, "$1");

    [GeneratedRegex(@"\\([^0-9A-Za-z\s])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\[^0-9A-Za-z\s]|<https?://[^ >]+>|https?://[^\s<]+[^<.,:;""'\]\s]")]
    private static partial Regex EscapeOrLink();

    [GeneratedRegex(@"[*_~|`\\]|\[(?=[^\]]*\]\()|@everyone|@here|<(?:@[!&]?|#|t:|id:|/[^>]*:|a?:[0-9A-Za-z_]+:)[0-9A-Za-z_]+|:[0-9A-Za-z_+-]+:|^\s*(?:#{1,3}|-#|>{1,3}|[-+*]|[0-9]+\.)(?=\s|$)", RegexOptions.Multiline)]
    private static partial Regex Meaning();
}
