using System.Globalization;
using System.Text;

namespace GameImages.Bot.Announcements;

/// <summary>As much of a text as fits into a limit of Discord, which counts UTF-16 code units and the backslashes of escapes.</summary>
internal static class Excerpt
{
    /// <summary>For a name or a footer, where Discord knows no Markdown.</summary>
    public static string Plain(string text, int limit) => Cut(text, limit, (_, _) => false, (_, _) => 0);

    /// <summary>For a title, where Discord formats, but need not make links of addresses: these are escaped like the rest.</summary>
    public static string Title(string text, int limit) => Cut(text, limit, DiscordMarkdown.IsMarkup, (_, _) => 0);

    /// <summary>For a description or the value of a field.</summary>
    public static string Markdown(string text, int limit) => Cut(text, limit, DiscordMarkdown.IsMarkup, DiscordMarkdown.LinkLength);

    /// <summary>Ends between two graphemes and outside of links, or between two code points where the first grapheme is too long by itself.</summary>
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
                // Discord would make an ellipsis right behind a link part of its address.
                var mark = afterLink ? " …" : "…";
                if (mayEnd && !isSpace && output.Length + mark.Length <= limit)
                    (kept, ending) = (output.Length, mark);
            }

            if (output.Length > limit)
                return output.ToString(0, kept) + ending;
        }

        return output.ToString();
    }
}
