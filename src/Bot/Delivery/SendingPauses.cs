using System.Collections.Concurrent;
using GameImages.Bot.Discord;
using GameImages.Domain.Games;

namespace GameImages.Bot.Delivery;

/// <summary>Remembers until when Discord's rate limits allow no messages, for single channels and for all of them.</summary>
internal sealed class SendingPauses(TimeProvider time)
{
    private readonly ConcurrentDictionary<Snowflake, DateTimeOffset> pausedChannels = new();

    // In ticks of UTC.
    private long allPausedUntil;

    /// <summary>Whether the bot may send nothing at all now.</summary>
    public bool IsEverythingPaused => PauseOfAll > TimeSpan.Zero;

    private TimeSpan PauseOfAll => TimeSpan.FromTicks(Interlocked.Read(ref allPausedUntil) - time.GetUtcNow().UtcTicks);

    /// <param name="channels">
    /// The channels of the delivery that met the limit. They are paused too, because the limited channel may be one that the game has
    /// left. The outbox does not name that channel, so the delivery would be claimed again at once.
    /// </param>
    public void Add(RateLimitedException limit, IEnumerable<Snowflake> channels)
    {
        var until = time.GetUtcNow() + limit.RetryAfter;
        if (limit.Channel is not { } limited)
        {
            Interlocked.Exchange(ref allPausedUntil, until.UtcTicks);
            return;
        }

        foreach (var channel in channels.Append(limited))
            pausedChannels[channel] = until;
    }

    /// <returns>The channels that accept no message now.</returns>
    public List<Snowflake> PausedChannels()
    {
        var now = time.GetUtcNow();
        foreach (var (channel, until) in pausedChannels)
        {
            if (until <= now)
                pausedChannels.TryRemove(new(channel, until));
        }

        return [.. pausedChannels.Keys];
    }

    /// <returns>How long to wait before the next claim; at most this time, unless everything is paused for longer.</returns>
    public TimeSpan NextWait(TimeSpan longest)
    {
        var pause = PauseOfAll;
        if (pause > TimeSpan.Zero)
            return pause;

        var now = time.GetUtcNow();
        var wait = pausedChannels.Values.Select(until => until - now).Append(longest).Min();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
