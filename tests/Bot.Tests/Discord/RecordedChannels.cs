using System.Collections.Concurrent;
using GameImages.Application.Announcements;
using GameImages.Domain.Games;

namespace GameImages.Bot.Tests.Discord;

/// <summary>Records the guilds of channels in memory instead of in a database.</summary>
internal sealed class RecordedChannels : IGuildChannels
{
    public ConcurrentDictionary<Snowflake, Snowflake> Guilds { get; } = new();

    public Task RecordAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct)
    {
        Guilds[channelId] = guildId;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(Snowflake channelId, CancellationToken ct)
    {
        Guilds.TryRemove(channelId, out _);
        return Task.CompletedTask;
    }
}
