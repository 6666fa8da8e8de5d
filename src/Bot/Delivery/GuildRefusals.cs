using GameImages.Bot.Discord;
using GameImages.Domain.Games;

namespace GameImages.Bot.Delivery;

/// <summary>
/// Counts the requests that Discord refused for each guild, and stops sending for a guild that has used up its share. Discord bans a bot
/// that sends too many such requests. Members may name any channel, so without this limit one member could stop the announcements of all
/// guilds.
/// </summary>
internal sealed class GuildRefusals(DiscordSettings settings, TimeProvider time)
{
    // Discord counts refused requests over the same time.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // A Discord user can join at most this many guilds.
    private const int GuildsOfUser = 200;

    // The lock protects the counts. Without it, two refusals for one guild could count as one. It is held only while the counts are read
    // or changed. The loser sees the other's count.
    private readonly Lock gate = new();
    private readonly Dictionary<Snowflake, (long Since, int Count)> guilds = [];

    /// <summary>The refusals that one guild may cause in ten minutes.</summary>
    public int Share { get; } = Math.Max(1, settings.InvalidRequests / GuildsOfUser);

    public void Add(Snowflake guild)
    {
        lock (gate)
        {
            foreach (var (other, refusals) in guilds)
            {
                if (Left(refusals.Since) == TimeSpan.Zero)
                    guilds.Remove(other);
            }

            var (since, count) = guilds.GetValueOrDefault(guild, (time.GetTimestamp(), 0));
            guilds[guild] = (since, count + 1);
        }
    }

    /// <returns>How long the bot sends nothing for the guild; zero when it may send.</returns>
    public TimeSpan Pause(Snowflake guild)
    {
        lock (gate)
            return guilds.TryGetValue(guild, out var refusals) && refusals.Count >= Share ? Left(refusals.Since) : TimeSpan.Zero;
    }

    private TimeSpan Left(long since)
    {
        var left = Window - time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
