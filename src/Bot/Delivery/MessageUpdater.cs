using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Bot.Discord;

namespace GameImages.Bot.Delivery;

/// <summary>Posts, edits or deletes the message of one game, so that it shows the game's current state.</summary>
internal sealed class MessageUpdater(
    IDiscord discord,
    MessagePoster poster,
    ImageRetries imageRetries,
    AnnouncementFormatter formatter,
    DiscordSettings settings,
    BotMetrics metrics,
    ILogger<MessageUpdater> logger)
{
    /// <exception cref="ForeignChannelException">The channel does not belong to the game's guild.</exception>
    /// <exception cref="MessageRefusedException">Discord refused the message.</exception>
    public async Task UpdateAsync(IDelivery delivery, CancellationToken ct)
    {
        var announcement = await poster.FindLostPostAsync(delivery, ct);
        var game = announcement.IsLeftAlone ? null : delivery.Game;

        // This check comes before every other step. While a game's channel belongs to another guild, its message stays unchanged.
        if (game is not null)
            await discord.CheckChannelAsync(game.Game.ChannelId, game.Game.GuildId, ct);

        // A message cannot move to another channel.
        if (announcement.Message is { } message && message.ChannelId != delivery.Game?.Game.ChannelId)
        {
            await DeleteAsync(delivery, message, ct);
            announcement = announcement with { Message = null };
        }

        if (game is null)
        {
            await delivery.CompleteAsync(announcement with { ImageFailures = 0 });
            return;
        }

        try
        {
            await ShowAsync(delivery, game, announcement, ct);
        }
        catch (UnknownMessageException) when (settings.DeletedMessages == DeletedMessages.LeaveAlone)
        {
            logger.LogInformation(
                "A Discord user deleted the message of game {GameId}. The bot posts no new one, because Discord:DeletedMessages is "
                    + "LeaveAlone. Event {EventId}.",
                delivery.GameId,
                delivery.EventId);
            await delivery.CompleteAsync(announcement with { Message = null, IsLeftAlone = true });
        }
        catch (UnknownMessageException)
        {
            await ShowAsync(delivery, game, announcement with { Message = null }, ct);
        }
    }

    private async Task DeleteAsync(IDelivery delivery, MessageReference message, CancellationToken ct)
    {
        try
        {
            await discord.DeleteAsync(message, ct);
            metrics.Deleted();
            logger.LogInformation(
                "Deleted message {MessageId} of game {GameId}. Event {EventId}.", message.MessageId, delivery.GameId, delivery.EventId);
        }
        // The game may have moved from a channel that is closed to the bot. Its new channel still gets a message.
        catch (MessageRefusedException refused) when (delivery.Game is not null)
        {
            metrics.Fail("refused");
            logger.LogWarning(
                "Could not delete message {MessageId} of game {GameId}. It stays in channel {ChannelId}, and the bot does not retry. "
                    + "Event {EventId}. Reason: {Reason}",
                message.MessageId,
                delivery.GameId,
                message.ChannelId,
                delivery.EventId,
                refused.Message);
        }
    }

    private async Task ShowAsync(IDelivery delivery, AnnouncedGame game, Announcement announcement, CancellationToken ct)
    {
        var isAttached = imageRetries.ShouldAttach(announcement);
        var message = formatter.Format(game);
        IReadOnlyList<Attachment> files = [];
        if (isAttached)
            (message, files) = await delivery.AttachAsync(message, game, ct);

        var isNew = announcement.Message is null;
        var posted = isNew
            ? await poster.PostAsync(delivery, game.Game.ChannelId, game.Game.GuildId, announcement, message, files, ct)
            : await discord.EditAsync(announcement.Message!, message, files, ct);

        metrics.Sent(isNew);
        logger.LogInformation(
            "{Action} message {MessageId} of game {GameId}. Event {EventId}.",
            isNew ? "Posted" : "Edited",
            posted.At.MessageId,
            delivery.GameId,
            delivery.EventId);

        announcement = announcement with { Message = posted.At, Posts = announcement.Posts + (isNew ? 1 : 0) };
        await imageRetries.CompleteAsync(delivery, announcement, posted.ShowsThumbnail && posted.ShowsImage, isAttached);
    }
}
