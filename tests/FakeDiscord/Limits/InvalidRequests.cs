namespace GameImages.Testing.Discord.Limits;

/// <summary>Discord's documentation, "Invalid Request Limit": an address with too many of them is banned for an hour.</summary>
internal sealed class InvalidRequests(RateLimit? limit, Clock clock)
{
    private static readonly TimeSpan Ban = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Queue<TimeSpan> recent = new();
    private TimeSpan bannedUntil;

    /// <returns>How long the ban lasts still; null without one.</returns>
    public TimeSpan? BanLeft()
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
