namespace GameImages.Testing.Discord.Forms;

/// <summary>
/// Checks embeds (Discord's documentation, "Embed Limits"). Bots may not set other fields, such as the type or an image's width.
/// </summary>
internal static class EmbedRules
{
    private const int MaxEmbeds = 10;
    private const int MaxLength = 6000;

    /// <param name="attachments">The names of the message's files.</param>
    public static void Check(Field embeds, IReadOnlyCollection<string> attachments)
    {
        var items = embeds.Items(MaxEmbeds);

        if (items.Sum(embed => CheckOne(embed, attachments)) > MaxLength)
            embeds.Refuse("MAX_EMBED_SIZE_EXCEEDED", $"Embed size exceeds maximum size of {MaxLength}");

        // Discord shows embeds with the same URL as one embed.
        var urls = items.Where(embed => embed["url"].HasValue).GroupBy(embed => embed["url"].Value.ToString());
        foreach (var url in urls.Where(same => same.Count() > 1))
            embeds.Form.Violations.Add(("embeds with one url", url.Key));
    }

    /// <returns>The length of the texts that count towards the limit of all embeds.</returns>
    private static int CheckOne(Field embed, IReadOnlyCollection<string> attachments)
    {
        if (!embed.IsObject("title", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "author", "fields"))
        {
            embed.Require(embed.HasValue);
            return 0;
        }

        UrlRules.CheckLink(embed["url"]);
        embed["timestamp"].Timestamp();
        embed["color"].Integer(0, 0xFFFFFF);
        CheckMedia(embed["image"], attachments);
        CheckMedia(embed["thumbnail"], attachments);

        var length = embed["title"].Text(256).Length
            + embed["description"].Text(4096).Length
            + CheckFooter(embed["footer"], attachments)
            + CheckAuthor(embed["author"], attachments)
            + embed["fields"].Items(25).Sum(CheckField);

        // An invalid embed has been refused above, so it needs no second error.
        embed["description"].Require(!embed.Form.IsValid || length > 0 || embed["image"].HasValue || embed["thumbnail"].HasValue);
        return length;
    }

    private static void CheckMedia(Field media, IReadOnlyCollection<string> attachments)
    {
        if (!media.IsObject("url", "description"))
            return;

        media["description"].Text(AttachmentRules.MaxDescription);
        media["url"].Text(2048, isRequired: true);
        UrlRules.CheckImage(media["url"], attachments);
    }

    private static int CheckFooter(Field footer, IReadOnlyCollection<string> attachments)
    {
        if (!footer.IsObject("text", "icon_url"))
            return 0;

        UrlRules.CheckImage(footer["icon_url"], attachments);
        return footer["text"].Text(2048, isRequired: true).Length;
    }

    private static int CheckAuthor(Field author, IReadOnlyCollection<string> attachments)
    {
        if (!author.IsObject("name", "url", "icon_url"))
            return 0;

        UrlRules.CheckLink(author["url"]);
        UrlRules.CheckImage(author["icon_url"], attachments);
        return author["name"].Text(256, isRequired: true).Length;
    }

    private static int CheckField(Field field)
    {
        if (!field.IsObject("name", "value", "inline"))
        {
            field.Require(field.HasValue);
            return 0;
        }

        field["inline"].Flag();
        return field["name"].Text(256, isRequired: true).Length + field["value"].Text(1024, isRequired: true).Length;
    }
}
