namespace GameImages.Testing.Discord.Limits;

/// <summary>Bans a client for an hour after too many invalid requests (Discord's documentation, "Invalid Request Limit").</summary>
internal sealed class InvalidRequests(RateLimit? limit, Clock clock)
{
    private static readonly TimeSpan Ban = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Queue<TimeSpan> recent = new();
    private TimeSpan bannedUntil;

    /// <returns>The remaining time of the ban; null when there is none.</returns>
    public TimeSpan? RemainingBan()
    {
        lock (gate)
            return clock.Now < bannedUntil ? bannedUntil - clock.Now : null;
    }

    public void Add()
    {
        if (limit is null)
            return;

        lock (gate)
        {
            var now = clock.Now;
            while (recent.TryPeek(out var oldest) && oldest + limit.Window <= now)
                recent.Dequeue();

            recent.Enqueue(now);
            if (recent.Count < limit.Requests)
                return;

            bannedUntil = now + Ban;
            recent.Clear();
        }
    }
}
