namespace GameImages.WebApi.Images;

internal static class ClientLimiter
{
    /// <summary>At most 80 MB, when all of them have used up 100 permits.</summary>
    public const int DefaultMaxClients = 65_536;
}

/// <summary>
/// Enforces every limit for each client, in any window and not only in the windows of a fixed grid. It stores the time of each request
/// that counts.
/// </summary>
/// <typeparam name="TClient">The identity of a client: a network or a user.</typeparam>
internal sealed class ClientLimiter<TClient>(
    IReadOnlyList<RateLimit> limits, TimeProvider time, int maxClients = ClientLimiter.DefaultMaxClients)
    where TClient : notnull
{
    private readonly (int Permits, long Window)[] limits = [.. limits.Select(limit => (limit.Permits, limit.Window.Ticks))];
    private readonly long longest = limits.Max(limit => limit.Window.Ticks);
    private readonly RequestLog none = new();
    private readonly ClientTable<TClient> clients = new(maxClients);
    private readonly long start = time.GetTimestamp();
    private readonly Lock turn = new();

    public int Clients
    {
        get
        {
            lock (turn)
                return clients.Count;
        }
    }

    /// <summary>Counts a request, unless it is one too many: what is refused uses nothing up.</summary>
    public RateState Acquire(TClient client)
    {
        lock (turn)
        {
            // Under the lock, so that each log is in the order of time.
            var now = Now();
            var log = clients.Find(client) ?? clients.Add(client, now - longest);
            var state = Tightest(log, now);

            if (state.Remaining == 0)
                return state;

            log.Add(now, now - longest);
            return Tightest(log, now) with { IsAcquired = true };
        }
    }

    /// <summary>Counts nothing, and is always granted.</summary>
    public RateState Peek(TClient client)
    {
        lock (turn)
            return Tightest(clients.Find(client) ?? none, Now()) with { IsAcquired = true };
    }

    // Of two equally tight limits the one that is tight for longer; so the reset of a refused request is when the next one will pass.
    private RateState Tightest(RequestLog log, long now)
    {
        var tightest = new RateState(false, 0, int.MaxValue, default);

        foreach (var (permits, window) in limits)
        {
            var used = log.CountAfter(now - window);
            var remaining = permits - used;
            var reset = new TimeSpan(used == 0 ? 0 : log.Latest(used - 1) + window - now);

            if (remaining < tightest.Remaining || (remaining == tightest.Remaining && reset > tightest.Reset))
                tightest = new(false, permits, remaining, reset);
        }

        return tightest;
    }

    private long Now() => time.GetElapsedTime(start).Ticks;
}
