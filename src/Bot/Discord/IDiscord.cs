using GameImages.Application.Announcements;
using GameImages.Bot.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>Posts, edits and deletes messages (Discord's documentation, "Message Resource", version 10).</summary>
/// <remarks>
/// Each method throws <see cref="MessageRefusedException"/>, <see cref="WrongTokenException"/>, <see cref="RateLimitedException"/> or
/// <see cref="DiscordUnavailableException"/> when Discord does not carry out the request.
/// </remarks>
internal interface IDiscord
{
    /// <exception cref="WrongTokenException">Discord rejects the token.</exception>
    Task CheckTokenAsync(CancellationToken ct);

    /// <summary>Checks that the channel belongs to the guild, before the bot posts or edits anything there.</summary>
    /// <exception cref="ForeignChannelException">The channel belongs to another guild or to none, or does not exist.</exception>
    Task CheckChannelAsync(Snowflake channel, Snowflake guild, CancellationToken ct);

    /// <exception cref="RateLimitedException">
    /// One more post would exceed a limit. Without the exception, another post may still take the last permit.
    /// </exception>
    void CheckPost(Snowflake channel);

    /// <exception cref="ArgumentException">The message has no enforced nonce, so a retry could post it twice.</exception>
    Task<PostedMessage> PostAsync(Snowflake channel, DiscordMessage message, IReadOnlyList<Attachment> files, CancellationToken ct);

    /// <summary>Replaces the content of a message. Files that are not in the list are removed.</summary>
    /// <exception cref="UnknownMessageException">The message does not exist.</exception>
    Task<PostedMessage> EditAsync(MessageReference at, DiscordMessage message, IReadOnlyList<Attachment> files, CancellationToken ct);

    /// <summary>Deletes the message. A message that does not exist counts as deleted.</summary>
    Task DeleteAsync(MessageReference at, CancellationToken ct);
}

/// <param name="ShowsThumbnail">Discord has fetched the message's thumbnail, or the message has none.</param>
/// <param name="ShowsImage">Discord has fetched the message's banner, or the message has none.</param>
internal sealed record PostedMessage(MessageReference At, bool ShowsThumbnail, bool ShowsImage);

/// <summary>A file of a message. The message's embeds refer to it as attachment://FileName.</summary>
/// <param name="Description">The alt text.</param>
internal sealed record Attachment(string FileName, string MimeType, ReadOnlyMemory<byte> Content, string? Description = null);
