using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace GameImages.Bot.Preview;

/// <summary>Renders the Markdown that announcements use as HTML: escapes, bare addresses, timestamps and mentions of users.</summary>
internal sealed partial class DiscordText(DateTimeOffset now)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public string ToHtml(string text)
    {
        var html = new StringBuilder();
        var from = 0;

        foreach (Match match in Markup().Matches(text))
        {
            html.Append(Html.Encode(text[from..match.Index])).Append(Render(match));
            from = match.Index + match.Length;
        }

        return html.Append(Html.Encode(text[from..])).ToString();
    }

    private string Render(Match match) => match switch
    {
        _ when match.Groups["escaped"] is { Success: true } escaped => Html.Encode(escaped.Value),
        _ when match.Groups["user"] is { Success: true } user => $"<span class=\"mention\">@{user.Value}</span>",
        _ when match.Groups["link"] is { Success: true } link => Link(Html.Encode(link.Value)),
        _ => $"<time>{Time(long.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture), match.Groups["style"].Value)}</time>",
    };

    private static string Link(string url) => $"<a href=\"{url}\" rel=\"noreferrer\">{url}</a>";

    private string Time(long seconds, string style)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return style == "R" ? Relative(time - now) : time.ToString("dddd, d MMMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);
    }

    private static string Relative(TimeSpan distance)
    {
        var (amount, unit) = distance.Duration() switch
        {
            { TotalDays: >= 365 } far => (far.TotalDays / 365, "year"),
            { TotalDays: >= 30 } far => (far.TotalDays / 30, "month"),
            { TotalDays: >= 1 } far => (far.TotalDays, "day"),
            { TotalHours: >= 1 } near => (near.TotalHours, "hour"),
            { TotalMinutes: >= 1 } near => (near.TotalMinutes, "minute"),
            var near => (near.TotalSeconds, "second"),
        };
        var text = $"{(int)amount} {unit}{((int)amount == 1 ? "" : "s")}";
        return distance > TimeSpan.Zero ? $"in {text}" : $"{text} ago";
    }

    [GeneratedRegex(@"\\(?<escaped>[!-/:-@\[-`{-~])|<@(?<user>\d+)>|<t:(?<seconds>\d+):(?<style>[FR])>|<?(?<link>https?://[^\s<>]+)>?")]
    private static partial Regex Markup();
}
