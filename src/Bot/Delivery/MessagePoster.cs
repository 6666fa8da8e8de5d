using System.Globalization;
using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;

namespace GameImages.Bot.Delivery;

/// <summary>Posts messages. A post whose response was lost is found again instead of posted twice.</summary>
internal sealed class MessagePoster(
    IDiscord discord, AnnouncementFormatter formatter, BotMetrics metrics, ILogger<MessagePoster> logger)
{
    // The bot deletes this message directly after it posts it.
    private static readonly DiscordMessage DeletedGame = new() { Content = "This game was deleted.", Embeds = [] };

    /// <summary>
    /// Finds the message of an earlier post whose response was lost, by posting it again with the same nonce. The message may show an
    /// earlier state of the game, be in another channel, or belong to a deleted game. The caller has to repair that. The bot posts nothing
    /// when it does not know the game's guild, because it cannot check the channel.
    /// </summary>
    /// <returns>The announcement with the message that was found or posted.</returns>
    public async Task<Announcement> FindLostPostAsync(IDelivery delivery, CancellationToken ct)
    {
        var announcement = delivery.Announcement;
        if (announcement.PostingTo is not { } channel)
            return announcement;
        if ((delivery.Game?.Game.GuildId ?? announcement.GuildId) is not { } guild)
            return announcement with { PostingTo = null };

        try
        {
            await discord.CheckChannelAsync(channel, guild, ct);
            var message = delivery.Game is { } game ? formatter.Format(game) : DeletedGame;
            var posted = await PostAsync(delivery, channel, guild, announcement, message, [], ct);
            var found = announcement with { Message = posted.At, PostingTo = null, Posts = announcement.Posts + 1 };
            await delivery.EndPostAsync(found, ct);
            metrics.Sent(isNew: true);
            logger.LogInformation(
                "Found or posted message {MessageId} of game {GameId} after a lost response. Event {EventId}.",
                posted.At.MessageId,
                delivery.GameId,
                delivery.EventId);
            return found;
        }
        catch (Exception refused) when (refused is MessageRefusedException or ForeignChannelException)
        {
            // The channel accepts no message now, so the earlier post made none either.
            return announcement with { PostingTo = null };
        }
    }

    /// <param name="announcement">The announcement before the post.</param>
    public async Task<PostedMessage> PostAsync(
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
        var post = message with { Nonce = Nonce(delivery.GameId, announcement.Posts), EnforceNonce = true };
        return await discord.PostAsync(channel, post, files, ct);
    }

    /// <returns>
    /// At most 25 characters. Each attempt at one post has the same nonce, so Discord recognises a message that it already has. The next
    /// post of the game has another nonce.
    /// </returns>
    private static string Nonce(Guid gameId, int posts) =>
        string.Create(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(gameId.ToByteArray()).TrimEnd('=')}{posts % 1000}");
}
