namespace GameImages.Testing.Discord.Limits;

/// <summary>The state of a bucket after a request.</summary>
/// <param name="ResetAfter">The time until the bucket is full again.</param>
internal readonly record struct BucketState(bool IsAllowed, RateLimit? Limit, int Remaining, TimeSpan ResetAfter, RateLimitScope Scope);

/// <summary>Requests that share a rate limit.</summary>
/// <param name="limit">The limit. If null, the bucket refuses requests only after Block.</param>
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
            {
                resetAt = now + limit.Window;
                remaining = limit.Requests;
            }

            var isAllowed = remaining > 0;
            remaining -= isAllowed ? 1 : 0;
            return new(isAllowed, limit, remaining, resetAt - now, scope);
        }
    }

    /// <param name="reason">The scope that the responses report.</param>
    public BucketState Block(TimeSpan span, RateLimitScope reason)
    {
        lock (gate)
        {
            blockedUntil = clock.Now + span;
            blockedScope = reason;
        }

        return new(false, limit, 0, span, reason);
    }
}
