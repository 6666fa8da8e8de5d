using GameImages.Domain.Games;

namespace GameImages.Application.Announcements;

/// <summary>What the bot knows about the message of a game.</summary>
/// <param name="Message">The message; null when there is none.</param>
/// <param name="PostingTo">The channel in which the bot began to post a message and did not see the result; otherwise null.</param>
/// <param name="Posts">How many messages were posted for the game.</param>
/// <param name="ImageFailures">How many times in a row Discord could not show the images of the message.</param>
/// <param name="IsLeftAlone">A Discord user deleted the message, and the bot does not post another one.</param>
/// <param name="GuildId">
/// The guild of the game, which is still needed after the game is deleted. Null if no post has begun since schema version 8.
/// </param>
public sealed record Announcement(
    MessageReference? Message = null,
    Snowflake? PostingTo = null,
    int Posts = 0,
    int ImageFailures = 0,
    bool IsLeftAlone = false,
    Snowflake? GuildId = null);

/// <summary>The id of a message and of its channel.</summary>
public sealed record MessageReference(Snowflake ChannelId, Snowflake MessageId);
