using System.Globalization;
using System.Text.Encodings.Web;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;

namespace GameImages.Bot.Preview;

/// <summary>Shows the announcements of the games that changed last, much like Discord.</summary>
internal static class PreviewPage
{
    private const int MaxGames = 50;

    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static void MapPreview(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("/preview"));
        app.MapGet("/preview", async (
            IAnnouncedGameReader games, AnnouncementFormatter formatter, TimeProvider time, HttpContext context) =>
        {
            var announced = await games.ReadLatestAsync(MaxGames, context.RequestAborted);
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src *";
            return Results.Content(Render(announced.Select(formatter.Format), time.GetUtcNow()), "text/html; charset=utf-8");
        });
    }

    internal static string Render(IEnumerable<DiscordMessage> messages, DateTimeOffset now)
    {
        var text = new DiscordText(now);
        var announcements = string.Concat(messages.SelectMany(message => message.Embeds).Select(embed => Render(embed, text)));

        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="10">
            <title>Announcements – GameImages</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>What Discord would show</h1>
            {(announcements.Length > 0 ? announcements : "<p>There is no game yet.</p>")}
            </body>
            </html>
            """;
    }

    private static string Render(Embed embed, DiscordText text) =>
        $"""
        <article style="border-color: #{embed.Color.ToString("x6", CultureInfo.InvariantCulture)}">
        {Render(embed.Thumbnail, "thumbnail")}
        {(embed.Author is { } author ? $"<p class=\"author\">{Html.Encode(author.Name)}</p>" : "")}
        <h2>{text.ToHtml(embed.Title)}</h2>
        {(embed.Description is { } description ? $"<p>{text.ToHtml(description)}</p>" : "")}
        <dl>{string.Concat(embed.Fields.Select(field => Render(field, text)))}</dl>
        {Render(embed.Image, "image")}
        <footer>{Html.Encode(embed.Footer.Text)}</footer>
        </article>
        """;

    private static string Render(EmbedImage? image, string cssClass) => image is null
        ? ""
        : $"<img class=\"{cssClass}\" src=\"{Html.Encode(image.Url)}\" alt=\"{Html.Encode(image.Description ?? "")}\">";

    private static string Render(EmbedField field, DiscordText text) =>
        $"<div{(field.Inline ? " class=\"inline\"" : "")}><dt>{Html.Encode(field.Name)}</dt><dd>{text.ToHtml(field.Value)}</dd></div>";

    // Sizes and colours of Discord's dark theme.
    private const string Style =
        """
        body {
          margin: 0; padding: 16px; background: #313338; color: #dbdee1;
          font: 16px/1.375 "gg sans", "Noto Sans", "Helvetica Neue", Helvetica, Arial, sans-serif;
        }
        h1 { font-size: 20px; color: #f2f3f5; }
        article {
          box-sizing: border-box; display: flow-root; max-width: 516px; margin: 0 0 16px; padding: 8px 16px 16px 12px;
          border-left: 4px solid; border-radius: 4px; background: #2b2d31; font-size: 14px; line-height: 18px; overflow-wrap: anywhere;
        }
        article p, article dd { white-space: pre-line; margin: 8px 0 0; }
        .author { font-weight: 600; color: #f2f3f5; }
        h2 { margin: 8px 0 0; font-size: 16px; line-height: 22px; color: #f2f3f5; }
        dl { display: grid; grid-template-columns: repeat(12, 1fr); gap: 8px; margin: 8px 0 0; }
        dl div { grid-column: 1 / 13; min-width: 0; }
        dl .inline { grid-column: auto / span 4; }
        dt { font-weight: 600; color: #f2f3f5; }
        article dd { margin: 2px 0 0; }
        .thumbnail { float: right; max-width: 80px; max-height: 80px; margin: 8px 0 8px 16px; border-radius: 4px; }
        .image { display: block; clear: right; max-width: min(400px, 100%); max-height: 300px; margin-top: 16px; border-radius: 4px; }
        footer { clear: right; margin-top: 8px; font-size: 12px; line-height: 16px; color: #dbdee1; }
        a { color: #00a8fc; text-decoration: none; }
        .mention { padding: 0 2px; border-radius: 3px; background: #3c4270; color: #c9cdfb; }
        time { padding: 0 2px; border-radius: 3px; background: #ffffff0f; }
        """;
}
