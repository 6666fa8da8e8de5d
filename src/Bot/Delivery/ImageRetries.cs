using GameImages.Application.Announcements;
using GameImages.Bot.Discord;

namespace GameImages.Bot.Delivery;

/// <summary>
/// Decides what happens when Discord could not fetch the images of a message: first the bot retries, then it attaches them.
/// </summary>
internal sealed class ImageRetries(DiscordSettings settings, BotMetrics metrics, ILogger<ImageRetries> logger)
{
    // The bot edits the message again after each of these delays, so that Discord fetches the images again. Then it attaches them.
    private static readonly TimeSpan[] Delays = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1)];

    public bool ShouldAttach(Announcement announcement) => announcement.ImageFailures >= Delays.Length && settings.AttachPictures;

    /// <summary>Completes the delivery of a message that Discord has accepted, and schedules a retry if its images are missing.</summary>
    public async Task CompleteAsync(IDelivery delivery, Announcement announcement, bool showsImages, bool isAttached)
    {
        if (showsImages || isAttached)
        {
            // Images that were attached once stay attached. With URLs, the message would lack them for a while after each change.
            await delivery.CompleteAsync(announcement with { ImageFailures = isAttached ? announcement.ImageFailures : 0 });
            return;
        }

        var failures = announcement.ImageFailures + 1;
        var retryDelay = DelayAfter(failures);
        metrics.Fail("pictures");
        logger.LogWarning(
            "Discord could not fetch the images of game {GameId}. The bot {NextStep}. Event {EventId}. Run "
                + "gameimages discord-check {Id} to find the reason.",
            delivery.GameId,
            retryDelay is { } delay ? $"retries in {delay}" : "does not retry",
            delivery.EventId,
            delivery.GameId);

        await delivery.CompleteAsync(announcement with { ImageFailures = retryDelay is null ? 0 : failures }, retryDelay);
    }

    private TimeSpan? DelayAfter(int failures)
    {
        // The step after the last delay attaches the images, so without that setting the last delay is useless.
        var retries = settings.AttachPictures ? Delays.Length : Delays.Length - 1;
        return failures <= retries ? Delays[failures - 1] : null;
    }
}
