using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Images;

namespace GameImages.Bot.Delivery;

/// <summary>The pictures of a game as files of its message, for when Discord cannot fetch them.</summary>
internal static class AttachedPictures
{
    /// <returns>The message that shows them, and the files; those that are gone are left out.</returns>
    public static async Task<(DiscordMessage Message, IReadOnlyList<Attachment> Files)> AttachAsync(
        this IDelivery delivery,
        DiscordMessage message,
        AnnouncedGame game,
        CancellationToken ct)
    {
        var thumbnail = await ReadAsync(delivery, "thumbnail", game.Game.ThumbnailId, game.Thumbnail, ct);
        var banner = await ReadAsync(delivery, "banner", game.Game.BannerImageId, game.Banner, ct);
        var shown = message with
        {
            Embeds = [.. message.Embeds.Select(embed => embed with { Thumbnail = Image(thumbnail), Image = Image(banner) })],
        };
        return (shown, [.. new[] { thumbnail, banner }.OfType<Attachment>()]);
    }

    private static async Task<Attachment?> ReadAsync(
        IDelivery delivery,
        string name,
        Guid? id,
        ImageFormat? format,
        CancellationToken ct) =>
        id is { } image && format is not null && await delivery.ReadImageAsync(image, ct) is { } content
            ? new($"{name}.{format.Extensions[0]}", format.MimeType, content)
            : null;

    // Discord's documentation, "Using Attachments within Embeds".
    private static EmbedImage? Image(Attachment? file) => file is null ? null : new($"attachment://{file.FileName}");
}
