using System.Globalization;
using System.Text;

namespace GameImages.Bot.Announcements;

/// <summary>Cuts a text to one of Discord's limits. Discord counts UTF-16 code units, including the backslashes of escapes.</summary>
internal static class Excerpt
{
    /// <summary>Cuts a name or a footer. Discord does not format these.</summary>
    public static string Plain(string text, int limit) => Cut(text, limit, (_, _) => false, (_, _) => 0);

    /// <summary>
    /// Cuts and escapes a title. Discord formats titles but may not turn addresses into links, so addresses are escaped too.
    /// </summary>
    public static string Title(string text, int limit) => Cut(text, limit, DiscordMarkdown.IsMarkup, (_, _) => 0);

    /// <summary>Cuts and escapes a description or the value of a field. Links keep their addresses.</summary>
    public static string Markdown(string text, int limit) => Cut(text, limit, DiscordMarkdown.IsMarkup, DiscordMarkdown.LinkLength);

    /// <summary>
    /// Cuts between two graphemes and outside links. A first grapheme that exceeds the limit by itself is cut between two code points.
    /// </summary>
    private static string Cut(string text, int limit, Func<string, int, bool> isMarkup, Func<string, int, int> linkLength)
    {
        var output = new StringBuilder(text.Length);
        var kept = 0;
        var afterLink = false;
        var ending = "…";

        for (var index = 0; index < text.Length;)
        {
            var start = index;
            var link = linkLength(text, start);
            var next = start + (link > 0 ? link : StringInfo.GetNextTextElementLength(text.AsSpan(start)));
            var isSpace = char.IsWhiteSpace(text[start]);
            afterLink = link > 0 || (afterLink && !isSpace);

            for (; index < next; index++)
            {
                if (link == 0 && isMarkup(text, index))
                    output.Append('\\');

                output.Append(text[index]);

                var mayEnd = index + 1 == next || (start == 0 && !char.IsHighSurrogate(text[index]));
                // Directly after a link, Discord would make the ellipsis part of the address.
                var mark = afterLink ? " …" : "…";
                if (mayEnd && !isSpace && output.Length + mark.Length <= limit)
                {
                    kept = output.Length;
                    ending = mark;
                }
            }

            if (output.Length > limit)
                return output.ToString(0, kept) + ending;
        }

        return output.ToString();
    }
}
