namespace GameImages.WebApi.RateLimits;

internal static class ClientLimiter
{
    /// <summary>So many clients take at most 80 MB, if each of them has used 100 permits.</summary>
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
    private readonly RequestLog noRequests = new();
    private readonly ClientTable<TClient> clients = new(maxClients);
    private readonly long start = time.GetTimestamp();

    // Protects the table and its logs. Without it, two requests could use the same last permit, and a log could get out of order. It is
    // held for one look-up and one insertion. The other request waits, and then counts the first one.
    private readonly Lock counting = new();

    public int Clients
    {
        get
        {
            lock (counting)
                return clients.Count;
        }
    }

    /// <summary>Counts a request, unless the client has no request left. A rejected request does not count.</summary>
    public RateLimitState Acquire(TClient client)
    {
        lock (counting)
        {
            // The time is read under the lock, so that each log is in the order of time.
            var now = Now();
            var log = clients.Find(client) ?? clients.Add(client, now - longest);
            var state = Tightest(log, now);

            if (state.Remaining == 0)
                return state;

            log.Add(now, now - longest);
            return Tightest(log, now) with { IsAcquired = true };
        }
    }

    /// <summary>Returns the state without counting a request. The state is always acquired.</summary>
    public RateLimitState Peek(TClient client)
    {
        lock (counting)
            return Tightest(clients.Find(client) ?? noRequests, Now()) with { IsAcquired = true };
    }

    // If two limits leave the same number of requests, this is the one with the later reset. After the reset of a rejected request, the
    // next request is therefore accepted.
    private RateLimitState Tightest(RequestLog log, long now)
    {
        var tightest = new RateLimitState(false, 0, int.MaxValue, default);

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
