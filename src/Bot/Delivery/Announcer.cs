using System.Globalization;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;

namespace GameImages.Bot.Delivery;

/// <summary>Makes the announcement of one game true: one message that looks as the game is now, and none of a game that is gone.</summary>
internal sealed class Announcer(
    IDiscord discord,
    AnnouncementFormatter formatter,
    DiscordSettings settings,
    GuildRefusals refusals,
    BotMetrics metrics,
    ILogger<Announcer> logger)
{
    // The pictures are asked for again after a while each time, then attached.
    private static readonly TimeSpan[] PictureDelays = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1)];

    // Deleted as soon as it is posted.
    private static readonly DiscordMessage Gone = new() { Content = "This game was deleted.", Embeds = [] };

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    /// <exception cref="RateLimitedException">Nothing can be sent now; nothing was changed.</exception>
    /// <exception cref="WrongTokenException">Nothing can ever be sent.</exception>
    public async Task DeliverAsync(IDelivery delivery, CancellationToken ct)
    {
        using var scope = logger.BeginScope(
            new Dictionary<string, object> { ["GameId"] = delivery.GameId, ["EventId"] = delivery.EventId });

        var guild = delivery.Game?.Game.GuildId ?? delivery.Announcement.GuildId;
        if (guild is { } paused && refusals.Pause(paused) is var pause && pause > TimeSpan.Zero)
        {
            await PostponeAsync(
                delivery, pause, "refused", $"Discord refused {refusals.Share} requests for guild {paused} within 10 minutes.");
            return;
        }

        try
        {
            await AnnounceAsync(delivery, ct);
        }
        catch (Exception refused) when (refused is MessageRefusedException or ForeignChannelException)
        {
            if (refused is MessageRefusedException && guild is { } refusing)
                refusals.Add(refusing);

            metrics.Fail("refused");
            logger.LogError(
                "Game {GameId} cannot be announced, event {EventId} is parked: {Reason}",
                delivery.GameId,
                delivery.EventId,
                refused.Message);
            await delivery.ParkAsync(refused.Message);
        }
        catch (DiscordUnavailableException away)
        {
            await PostponeAsync(delivery, Delay(delivery.Attempts), "unavailable", away.Message);
        }
        // One game that cannot be written must not keep the others from it.
        catch (Exception fault)
            when (fault is not RateLimitedException and not WrongTokenException && !DatabaseFaults.IsUnavailable(fault))
        {
            metrics.Fail("fault");
            logger.LogError(fault, "Game {GameId} cannot be announced, event {EventId} is parked", delivery.GameId, delivery.EventId);
            await delivery.ParkAsync($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task PostponeAsync(IDelivery delivery, TimeSpan delay, string kind, string reason)
    {
        metrics.Fail(kind);
        logger.LogWarning(
            "Game {GameId} is announced again in {Delay}, event {EventId}: {Reason}", delivery.GameId, delay, delivery.EventId, reason);
        await delivery.PostponeAsync(delay, reason);
    }

    /// <summary>Doubled with each attempt, and spread, so that not all of them come again at once.</summary>
    internal static TimeSpan Delay(int attempts) =>
        TimeSpan.FromTicks(
            (long)(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks * Math.Pow(2, attempts)) * (0.5 + Random.Shared.NextDouble() / 2)));

    private async Task AnnounceAsync(IDelivery delivery, CancellationToken ct)
    {
        var before = await FindPostAsync(delivery, ct);
        var (game, message) = (before.IsLeftAlone ? null : delivery.Game, before.Message);

        // This check comes before every other step. While a game's channel belongs to another guild, its message stays unchanged.
        if (game is not null)
            await discord.CheckChannelAsync(game.Game.ChannelId, game.Game.GuildId, ct);

        // A message cannot move to another channel.
        if (message is not null && message.ChannelId != delivery.Game?.Game.ChannelId)
        {
            await DeleteAsync(delivery, message, ct);
            message = null;
        }

        if (game is null)
        {
            await delivery.CompleteAsync(before with { Message = message, ImageFailures = 0 });
            return;
        }

        try
        {
            await ShowAsync(delivery, game, before with { Message = message }, ct);
        }
        catch (UnknownMessageException) when (settings.DeletedMessages == DeletedMessages.LeaveAlone)
        {
            logger.LogInformation(
                "Somebody deleted the message of game {GameId}, which is left alone, event {EventId}",
                delivery.GameId,
                delivery.EventId);
            await delivery.CompleteAsync(before with { Message = null, IsLeftAlone = true });
        }
        catch (UnknownMessageException)
        {
            await ShowAsync(delivery, game, before with { Message = null }, ct);
        }
    }

    private async Task DeleteAsync(IDelivery delivery, MessageReference message, CancellationToken ct)
    {
        try
        {
            await discord.DeleteAsync(message, ct);
            metrics.Deleted();
            logger.LogInformation(
                "Deleted the message {MessageId} of game {GameId}, event {EventId}",
                message.MessageId,
                delivery.GameId,
                delivery.EventId);
        }
        // A channel that is closed to the bot must not keep the game out of the one that it moved to.
        catch (MessageRefusedException refused) when (delivery.Game is not null)
        {
            metrics.Fail("refused");
            logger.LogWarning(
                "The message {MessageId} of game {GameId} stays in channel {ChannelId}, event {EventId}: {Reason}",
                message.MessageId,
                delivery.GameId,
                message.ChannelId,
                delivery.EventId,
                refused.Message);
        }
    }

    private async Task ShowAsync(IDelivery delivery, AnnouncedGame game, Announcement announcement, CancellationToken ct)
    {
        var isAttached = announcement.ImageFailures >= PictureDelays.Length && settings.AttachPictures;
        var message = formatter.Format(game);
        IReadOnlyList<Attachment> files = [];
        if (isAttached)
            (message, files) = await delivery.AttachAsync(message, game, ct);

        var isNew = announcement.Message is null;
        var posted = isNew
            ? await PostAsync(delivery, game.Game.ChannelId, game.Game.GuildId, announcement, message, files, ct)
            : await discord.EditAsync(announcement.Message!, message, files, ct);

        metrics.Sent(isNew);
        logger.LogInformation(
            "{Done} message {MessageId} of game {GameId}, event {EventId}",
            isNew ? "Posted" : "Edited",
            posted.At.MessageId,
            delivery.GameId,
            delivery.EventId);

        announcement = announcement with { Message = posted.At, Posts = announcement.Posts + (isNew ? 1 : 0) };
        await CompleteAsync(delivery, announcement, posted.ShowsThumbnail && posted.ShowsImage, isAttached);
    }

    // A message that Discord has, but whose answer was lost, is found by posting it again. It may show an earlier state of the game,
    // be in another channel, or belong to a game that is deleted by now. The following steps repair that. Without a guild to compare
    // with, the bot posts nothing.
    private async Task<Announcement> FindPostAsync(IDelivery delivery, CancellationToken ct)
    {
        var announcement = delivery.Announcement;
        if (announcement.PostingTo is not { } channel)
            return announcement;
        if ((delivery.Game?.Game.GuildId ?? announcement.GuildId) is not { } guild)
            return announcement with { PostingTo = null };

        try
        {
            await discord.CheckChannelAsync(channel, guild, ct);
            var message = delivery.Game is { } game ? formatter.Format(game) : Gone;
            var posted = await PostAsync(delivery, channel, guild, announcement, message, [], ct);
            var found = announcement with { Message = posted.At, PostingTo = null, Posts = announcement.Posts + 1 };
            await delivery.EndPostAsync(found, ct);
            metrics.Sent(isNew: true);
            logger.LogInformation(
                "Found or posted message {MessageId} of game {GameId}, event {EventId}",
                posted.At.MessageId,
                delivery.GameId,
                delivery.EventId);
            return found;
        }
        catch (Exception refused) when (refused is MessageRefusedException or ForeignChannelException)
        {
            // Where nothing can be posted, nothing was.
            return announcement with { PostingTo = null };
        }
    }

    private async Task<PostedMessage> PostAsync(
        IDelivery delivery,
        Snowflake channel,
        Snowflake guild,
        Announcement announcement,
        DiscordMessage message,
        IReadOnlyList<Attachment> files,
        CancellationToken ct)
    {
        discord.CheckPost(channel);
        await delivery.BeginPostAsync(channel, guild, ct);
        return await discord.PostAsync(
            channel,
            message with
            {
                Nonce = Nonce(delivery.GameId, announcement.Posts),
                EnforceNonce = true,
            },
            files,
            ct);
    }

    // Only a message that is as it should be is done with. Where pictures had to be attached once, they are from then on: with their addresses, the
    // message would be without them for a while after each change.
    private async Task CompleteAsync(IDelivery delivery, Announcement announcement, bool showsPictures, bool isAttached)
    {
        if (showsPictures || isAttached)
        {
            await delivery.CompleteAsync(announcement with { ImageFailures = isAttached ? announcement.ImageFailures : 0 });
            return;
        }

        var failures = announcement.ImageFailures + 1;
        metrics.Fail("pictures");
        logger.LogWarning(
            "Discord could not fetch the pictures of game {GameId}, event {EventId}; gameimages discord-check {Id} says why",
            delivery.GameId,
            delivery.EventId,
            delivery.GameId);

        var again =
            failures <= PictureDelays.Length && (failures < PictureDelays.Length || settings.AttachPictures)
                ? PictureDelays[failures - 1]
                : (TimeSpan?)null;
        await delivery.CompleteAsync(announcement with { ImageFailures = again is null ? 0 : failures }, again);
    }

    /// <returns>
    /// The same for each attempt at one post, so that Discord recognises a message that it has already, and another one for the next post of the
    /// game. 25 characters at most.
    /// </returns>
    private static string Nonce(Guid gameId, int posts) =>
        string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(gameId.ToByteArray()).TrimEnd('=')}{posts % 1000}");
}
