namespace GameImages.Testing.Discord.Limits;

/// <summary>How a bucket stands after a request.</summary>
/// <param name="ResetAfter">Until it is full again.</param>
internal readonly record struct BucketState(bool IsAllowed, RateLimit? Limit, int Remaining, TimeSpan ResetAfter, RateLimitScope Scope);

/// <summary>Requests that are counted together.</summary>
/// <param name="limit">Null counts nothing: such a bucket is only ever blocked.</param>
internal sealed class Bucket(RateLimit? limit, RateLimitScope scope, Clock clock)
{
    private readonly Lock gate = new();
    private TimeSpan blockedUntil;
    private RateLimitScope blockedScope;
    private TimeSpan resetAt;
    private int remaining;

    public BucketState Take()
    {
        lock (gate)
        {
            var now = clock.Now;

            if (now < blockedUntil)
                return new(false, limit, 0, blockedUntil - now, blockedScope);
            if (limit is null)
                return new(true, null, 0, TimeSpan.Zero, scope);

            if (now >= resetAt)
                (resetAt, remaining) = (now + limit.Window, limit.Requests);

            var isAllowed = remaining > 0;
            remaining -= isAllowed ? 1 : 0;
            return new(isAllowed, limit, remaining, resetAt - now, scope);
        }
    }

    /// <param name="reason">Whose limit it is said to be.</param>
    public BucketState Block(TimeSpan span, RateLimitScope reason)
    {
        lock (gate)
            (blockedUntil, blockedScope) = (clock.Now + span, reason);

        return new(false, limit, 0, span, reason);
    }
}
