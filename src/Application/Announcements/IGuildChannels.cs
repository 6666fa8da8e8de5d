using GameImages.Domain.Games;

namespace GameImages.Application.Announcements;

/// <summary>Which guild each channel belongs to, as Discord told the bot. The database refuses games by it.</summary>
public interface IGuildChannels
{
    /// <summary>Records the guild of a channel, or replaces the one that is recorded.</summary>
    Task RecordAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct);

    /// <summary>Removes a channel that Discord does not know, or that belongs to no guild.</summary>
    Task RemoveAsync(Snowflake channelId, CancellationToken ct);
}
