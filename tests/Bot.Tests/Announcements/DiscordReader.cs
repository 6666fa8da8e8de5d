using System.Text.RegularExpressions;

namespace GameImages.Bot.Tests.Announcements;

/// <summary>Reads Markdown by the rules of Discord's clients, in their order: first escapes, then links, then other markup.</summary>
internal static partial class DiscordReader
{
    /// <returns>The parts of the text that Discord would format or turn into mentions; empty when there are none.</returns>
    public static IEnumerable<string> Markup(string text, bool makesLinks)
    {
        var rest = makesLinks ? EscapeOrLink().Replace(text, "\u0001") : Escape().Replace(text, "\u0001");
        return Formatting().Matches(rest).Select(match => match.Value);
    }

    /// <returns>The text as Discord shows it.</returns>
    public static string Shown(string text) => Escape().Replace(text, "$1");

    [GeneratedRegex(@"\\([^0-9A-Za-z\s])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\[^0-9A-Za-z\s]|<https?://[^ >]+>|https?://[^\s<]+[^<.,:;""'\]\s]")]
    private static partial Regex EscapeOrLink();

    [GeneratedRegex(
        @"[*_~|`\\]|\[(?=[^\]]*\]\()|@everyone|@here|<(?:@[!&]?|#|t:|id:|/[^>]*:|a?:[0-9A-Za-z_]+:)[0-9A-Za-z_]+|:[0-9A-Za-z_+-]+:"
            + @"|^\s*(?:#{1,3}|-#|>{1,3}|[-+*]|[0-9]+\.)(?=\s|$)",
        RegexOptions.Multiline)]
    private static partial Regex Formatting();
}
