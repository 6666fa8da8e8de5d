using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>The messages of Discord channels: its documentation, "Message Resource", version 10.</summary>
/// <remarks>
/// Each method throws <see cref="MessageRefusedException"/>, <see cref="WrongTokenException"/>, <see cref="RateLimitedException"/> or
/// <see cref="DiscordUnavailableException"/> when Discord does not do it.
/// </remarks>
internal interface IDiscord
{
    /// <exception cref="WrongTokenException">Discord does not know the token.</exception>
    Task CheckTokenAsync(CancellationToken ct);

    /// <summary>Checks that the channel belongs to the guild, before the bot posts or edits anything there.</summary>
    /// <exception cref="ForeignChannelException">The channel belongs to another guild or to none, or does not exist.</exception>
    Task CheckChannelAsync(Snowflake channel, Snowflake guild, CancellationToken ct);

    /// <exception cref="RateLimitedException">A post would be one too many now. Without it, others may still come first.</exception>
    void CheckPost(Snowflake channel);

    /// <exception cref="ArgumentException">The message has no nonce that is enforced, and so could not be sent twice.</exception>
    Task<PostedMessage> PostAsync(Snowflake channel, DiscordMessage message, IReadOnlyList<Attachment> files, CancellationToken ct);

    /// <summary>Makes the message this one, with these files and no others.</summary>
    /// <exception cref="UnknownMessageException">The message is gone.</exception>
    Task<PostedMessage> EditAsync(MessageReference at, DiscordMessage message, IReadOnlyList<Attachment> files, CancellationToken ct);

    /// <summary>Deletes the message; one that is gone already counts as deleted.</summary>
    Task DeleteAsync(MessageReference at, CancellationToken ct);
}

/// <param name="ShowsThumbnail">Discord has the thumbnail that the message asks for; true when it asks for none.</param>
/// <param name="ShowsImage">Likewise for the large picture.</param>
internal sealed record PostedMessage(MessageReference At, bool ShowsThumbnail, bool ShowsImage);

/// <summary>A file to send with a message, whose embeds name it attachment://FileName.</summary>
internal sealed record Attachment(string FileName, string MimeType, ReadOnlyMemory<byte> Content);
