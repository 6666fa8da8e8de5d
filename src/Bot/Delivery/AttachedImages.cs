using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Images;

namespace GameImages.Bot.Delivery;

/// <summary>Attaches the images of a game to its message as files. The bot does this when Discord cannot fetch them.</summary>
internal static class AttachedImages
{
    /// <returns>The message whose embeds show the files, and the files. Images that do not exist any more are left out.</returns>
    public static async Task<(DiscordMessage Message, IReadOnlyList<Attachment> Files)> AttachAsync(
        this IDelivery delivery, DiscordMessage message, AnnouncedGame game, CancellationToken ct)
    {
        var embed = message.Embeds.Single();
        var thumbnail = await ReadAsync(delivery, "thumbnail", game.Game.ThumbnailId, game.Thumbnail, embed.Thumbnail, ct);
        var banner = await ReadAsync(delivery, "banner", game.Game.BannerImageId, game.Banner, embed.Image, ct);
        embed = embed with { Thumbnail = Image(thumbnail), Image = Image(banner) };
        return (message with { Embeds = [embed] }, [.. new[] { thumbnail, banner }.OfType<Attachment>()]);
    }

    private static async Task<Attachment?> ReadAsync(
        IDelivery delivery, string name, Guid? id, ImageFormat? format, EmbedImage? shown, CancellationToken ct) =>
        id is { } image && format is not null && await delivery.ReadImageAsync(image, ct) is { } content
            ? new($"{name}.{format.Extensions[0]}", format.MimeType, content, shown?.Description)
            : null;

    // Discord's documentation, "Using Attachments within Embeds".
    private static EmbedImage? Image(Attachment? file) => file is null ? null : new($"attachment://{file.FileName}", file.Description);
}
