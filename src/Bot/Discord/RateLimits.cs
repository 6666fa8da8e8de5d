using GameImages.Domain.Games;

namespace GameImages.Bot.Discord;

/// <summary>Requests that Discord limits alike.</summary>
internal readonly record struct Route(HttpMethod Method, Snowflake Channel);

/// <summary>What may be sent now, learnt from Discord's answers: its documentation, "Rate Limits". It never waits itself.</summary>
internal sealed class RateLimits(int requestsPerSecond, TimeProvider time)
{
    /// <summary>After it, answers that are on their way will have told more.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private const int Few = 1024;

    private readonly long start = time.GetTimestamp();
    private readonly Lock gate = new();
    private readonly GlobalLimit global = new(requestsPerSecond);
    private readonly Dictionary<Route, Bucket> routes = [];
    private readonly Dictionary<(string Name, Snowflake Channel), Bucket> named = [];
    private int sweepAt = Few;

    /// <summary>How much is remembered.</summary>
    internal int Count
    {
        get
        {
            lock (gate)
                return routes.Count + named.Count;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(start);

    /// <returns>The right to send one request, to be returned whatever becomes of it.</returns>
    /// <exception cref="RateLimitedException">It would be too many.</exception>
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

    /// <exception cref="RateLimitedException">A request would be too many now.</exception>
    public void Check(Route route)
    {
        lock (gate)
            Check(route, Now);
    }

    /// <param name="standing">Null when the answer does not tell, or there is none.</param>
    public void Return(Permit permit, Standing? standing)
    {
        lock (gate)
        {
            var now = Now;
            global.Return(now);
            permit.Bucket.Return();

            if (standing is null)
                permit.Bucket.Doubt();
            else
                Find(permit, standing.Bucket, now).Learn(standing, permit.SentAt, now);
        }
    }

    /// <summary>Nothing may be sent at all for some time.</summary>
    public void Block(TimeSpan span)
    {
        lock (gate)
            global.Block(Now + span);
    }

    private Bucket Check(Route route, TimeSpan now)
    {
        if (global.Wait(now) is { } all)
            throw new RateLimitedException(null, all);

        var bucket = Find(route, now);
        return bucket.Wait(now) is { } one ? throw new RateLimitedException(route.Channel, one) : bucket;
    }

    private Bucket Find(Route route, TimeSpan now)
    {
        if (routes.TryGetValue(route, out var bucket))
            return bucket;

        Forget(now);
        return routes[route] = new();
    }

    private Bucket Find(Permit permit, string? name, TimeSpan now)
    {
        if (name is null)
            return permit.Bucket;

        var key = (name, permit.Route.Channel);
        if (!named.TryGetValue(key, out var bucket))
        {
            Forget(now);
            named[key] = bucket = new();
        }

        return routes[permit.Route] = bucket;
    }

    // What has reset is as good as new. To look through all of them only when they have doubled costs little each time.
    private void Forget(TimeSpan now)
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

        sweepAt = Math.Max(Few, Count * 2);
    }

    internal readonly record struct Permit(Route Route, Bucket Bucket, TimeSpan SentAt);
}
