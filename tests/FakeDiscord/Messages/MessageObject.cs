using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GameImages.Testing.Discord.Forms;
using GameImages.Testing.Discord.Images;

namespace GameImages.Testing.Discord.Messages;

/// <summary>A message in the API's format (Discord's documentation, "Message Object"), with the sizes of the fetched images.</summary>
internal sealed record MessageObject(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] long Id,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] long ChannelId,
    UserObject Author,
    string Content,
    string Timestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? EditedTimestamp,
    IReadOnlyList<Embed> Embeds,
    IReadOnlyList<Attachment> Attachments,
    long Flags,
    string? Nonce)
{
    public int Type { get; }
    public bool Tts { get; }
    public bool Pinned { get; }
    public bool MentionEveryone { get; }
    public IReadOnlyList<string> Mentions { get; } = [];
    public IReadOnlyList<string> MentionRoles { get; } = [];

    public static string Json(Message message, Func<string, Media?> media)
    {
        var version = message.Current;
        var embeds = version.Embeds.Select(embed => Resolve(embed, version.Attachments, media)).ToList();
        return JsonSerializer.Serialize(
            new MessageObject(
                message.Id,
                message.ChannelId,
                UserObject.Of(message.Author),
                version.Content,
                Iso(message.PostedAt)!,
                Iso(message.EditedAt),
                embeds,
                version.Attachments,
                version.Flags,
                message.Nonce),
            DiscordJson.Write);
    }

    private static Embed Resolve(Embed embed, IReadOnlyList<Attachment> attachments, Func<string, Media?> media)
    {
        var (footerUrl, footerProxy, _) = Find(embed.Footer?.IconUrl, attachments, media);
        var (authorUrl, authorProxy, _) = Find(embed.Author?.IconUrl, attachments, media);

        return embed with
        {
            Image = Resolve(embed.Image, attachments, media),
            Thumbnail = Resolve(embed.Thumbnail, attachments, media),
            Footer = embed.Footer is null ? null : embed.Footer with { IconUrl = footerUrl, ProxyIconUrl = footerProxy },
            Author = embed.Author is null ? null : embed.Author with { IconUrl = authorUrl, ProxyIconUrl = authorProxy },
        };
    }

    private static EmbedMedia? Resolve(EmbedMedia? given, IReadOnlyList<Attachment> attachments, Func<string, Media?> media)
    {
        if (given is null)
            return null;

        var (url, proxyUrl, known) = Find(given.Url, attachments, media);
        return new(url!, proxyUrl, known?.Width ?? 0, known?.Height ?? 0, known?.ContentType, given.Description);
    }

    private static (string? Url, string? ProxyUrl, Media? Media) Find(
        string? url,
        IReadOnlyList<Attachment> attachments,
        Func<string, Media?> media)
    {
        if (url is null)
            return default;
        if (UrlRules.AttachmentName(url) is not { } name)
            return (url, Cdn.Proxy(url), media(url));

        // An edit may have removed the file.
        return attachments.FirstOrDefault(attachment => attachment.Filename == name) is { } file
            ? (file.Url, file.ProxyUrl, new Media(file.Width ?? 0, file.Height ?? 0, file.ContentType))
            : (url, null, null);
    }

    private static string? Iso(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
}
