using GameImages.Domain.Games;

namespace GameImages.Application.Announcements;

/// <summary>What was announced of a game.</summary>
/// <param name="Message">Its message; null when there is none.</param>
/// <param name="PostingTo">Where a message may have been posted of which nobody has heard.</param>
/// <param name="Posts">How many messages were posted of it until now.</param>
/// <param name="PictureFailures">How often in a row its message came back without the pictures.</param>
/// <param name="IsLeftAlone">Somebody deleted the message, and it is not to be posted anew.</param>
/// <param name="GuildId">
/// The guild of the game, which is still needed after the game is deleted. Null if no post has begun since schema version 8.
/// </param>
public sealed record Announcement(
    MessageReference? Message = null,
    Snowflake? PostingTo = null,
    int Posts = 0,
    int PictureFailures = 0,
    bool IsLeftAlone = false,
    Snowflake? GuildId = null);

/// <summary>Where a message is.</summary>
public sealed record MessageReference(Snowflake ChannelId, Snowflake MessageId);
