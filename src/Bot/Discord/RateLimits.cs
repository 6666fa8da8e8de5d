using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>Requests that share a rate limit until Discord names their bucket.</summary>
internal readonly record struct Route(HttpMethod Method, Snowflake Channel);

/// <summary>
/// Decides whether a request may be sent now, from Discord's responses (Discord's documentation, "Rate Limits"). It never waits.
/// </summary>
internal sealed class RateLimits(int requestsPerSecond, TimeProvider time)
{
    /// <summary>The wait when requests in flight have to complete first. Their responses report the next limit.</summary>
    public static readonly TimeSpan RecheckDelay = TimeSpan.FromMilliseconds(100);

    private const int MinSweepSize = 1024;

    private readonly long start = time.GetTimestamp();

    // The lock protects the buckets and the global limit. Without it, two requests could take the last permit of a bucket. It is held only
    // while the counters change, never during a request. The loser sees the changed counters, and gets the exception if no permit is left.
    private readonly Lock gate = new();

    private readonly GlobalLimit global = new(requestsPerSecond);
    private readonly Dictionary<Route, Bucket> routes = [];
    private readonly Dictionary<(string Name, Snowflake Channel), Bucket> named = [];
    private int sweepAt = MinSweepSize;

    /// <summary>The number of stored routes and buckets.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
                return routes.Count + named.Count;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(start);

    /// <returns>The permit to send one request. The caller has to return it, even when the request fails.</returns>
    /// <exception cref="RateLimitedException">One more request would exceed a limit.</exception>
    public Permit Take(Route route)
    {
        lock (gate)
        {
            var now = Now;
            var bucket = Check(route, now);
            global.Take();
            bucket.Take();
            return new(route, bucket, now);
        }
    }

    /// <exception cref="RateLimitedException">One more request would exceed a limit.</exception>
    public void Check(Route route)
    {
        lock (gate)
            Check(route, Now);
    }

    /// <param name="state">Null when the response does not report it, or when no response arrived.</param>
    public void Return(Permit permit, BucketState? state)
    {
        lock (gate)
        {
            var now = Now;
            global.Return(now);
            permit.Bucket.Return();

            if (state is null)
                permit.Bucket.ApplyUnknownState();
            else
                Find(permit, state.Bucket, now).Apply(state, permit.SentAt, now);
        }
    }

    /// <summary>Blocks all requests for this time.</summary>
    public void Block(TimeSpan span)
    {
        lock (gate)
            global.Block(Now + span);
    }

    private Bucket Check(Route route, TimeSpan now)
    {
        if (global.Wait(now) is { } globalWait)
            throw new RateLimitedException(null, globalWait);

        var bucket = Find(route, now);
        return bucket.Wait(now) is { } wait ? throw new RateLimitedException(route.Channel, wait) : bucket;
    }

    private Bucket Find(Route route, TimeSpan now)
    {
        if (routes.TryGetValue(route, out var bucket))
            return bucket;

        Sweep(now);
        return routes[route] = new();
    }

    private Bucket Find(Permit permit, string? name, TimeSpan now)
    {
        if (name is null)
            return permit.Bucket;

        var key = (name, permit.Route.Channel);
        if (!named.TryGetValue(key, out var bucket))
        {
            Sweep(now);
            named[key] = bucket = new();
        }

        return routes[permit.Route] = bucket;
    }

    // A bucket that has reset equals a new one. Sweeping only after the tables have doubled keeps the average cost of a request low.
    private void Sweep(TimeSpan now)
    {
        if (Count < sweepAt)
            return;

        foreach (var (route, bucket) in routes)
        {
            if (bucket.IsReset(now))
                routes.Remove(route);
        }

        foreach (var (key, bucket) in named)
        {
            if (bucket.IsReset(now))
                named.Remove(key);
        }

        sweepAt = Math.Max(MinSweepSize, Count * 2);
    }

    internal readonly record struct Permit(Route Route, Bucket Bucket, TimeSpan SentAt);
}
