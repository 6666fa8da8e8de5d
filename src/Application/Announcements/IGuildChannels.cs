using GameImages.Domain.Games;

namespace GameImages.Application.Announcements;

/// <summary>
/// Records which guild each channel belongs to, according to Discord. The database uses it to reject games in channels of other guilds.
/// </summary>
public interface IGuildChannels
{
    /// <summary>Records the guild of a channel, or replaces the recorded guild.</summary>
    Task RecordAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct);

    /// <summary>Removes a channel that does not exist at Discord or belongs to no guild.</summary>
    Task RemoveAsync(Snowflake channelId, CancellationToken ct);
}
