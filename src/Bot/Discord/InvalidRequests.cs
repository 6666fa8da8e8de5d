namespace GameImages.Bot.Discord;

/// <summary>
/// Stops all requests long before Discord bans the bot's IP address. Discord bans it after 10,000 responses with status 401, 403 or 429 in
/// ten minutes (Discord's documentation, "Invalid Request Limit").
/// </summary>
/// <param name="limit">The number of invalid requests in any ten minutes at which the bot stops.</param>
internal sealed class InvalidRequests(int limit, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly long start = time.GetTimestamp();

    // The lock protects the queue of recent invalid requests. Without it, two responses could corrupt the queue or log the same error
    // twice. It is held only while the queue changes. The loser sees the other's entry.
    private readonly Lock gate = new();

    private readonly Queue<TimeSpan> recent = new();
    private bool isLogged;

    /// <exception cref="RateLimitedException">The limit is reached. It lasts until the oldest request is ten minutes old.</exception>
    public void Check()
    {
        lock (gate)
        {
            var now = RemoveExpired();
            if (recent.Count >= limit)
                throw new RateLimitedException(null, recent.Peek() + Window - now);
        }
    }

    public void Add()
    {
        lock (gate)
        {
            recent.Enqueue(RemoveExpired());
            if (recent.Count < limit || isLogged)
                return;

            isLogged = true;
            logger.LogError(
                "Discord refused {Count} requests within {Window}. The bot sends nothing until older refusals expire.",
                recent.Count,
                Window);
        }
    }

    private TimeSpan RemoveExpired()
    {
        var now = time.GetElapsedTime(start);
        while (recent.TryPeek(out var oldest) && oldest + Window <= now)
            recent.Dequeue();

        // The error is logged again only after the count has halved. Otherwise a count near the limit would repeat it.
        isLogged &= recent.Count > limit / 2;
        return now;
    }
}
