using GameImages.Application.Announcements;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;

namespace GameImages.Infrastructure.Announcements;

internal sealed class GuildChannels(BotDatabase database) : IGuildChannels
{
    public async Task RecordAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new(
            """
            INSERT INTO guild_channels (channel_id, guild_id) VALUES (@channelId, @guildId)
            ON CONFLICT (channel_id) DO UPDATE SET guild_id = excluded.guild_id, checked_at = now()
            """,
            new { channelId, guildId }, cancellationToken: ct));
    }

    public async Task RemoveAsync(Snowflake channelId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new(
            "DELETE FROM guild_channels WHERE channel_id = @channelId", new { channelId }, cancellationToken: ct));
    }
}
