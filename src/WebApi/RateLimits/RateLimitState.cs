namespace GameImages.WebApi.RateLimits;

/// <summary>The state of the limit that leaves a client the fewest requests.</summary>
/// <param name="Reset">The time until the limit allows more requests than now.</param>
internal readonly record struct RateLimitState(bool IsAcquired, int Limit, int Remaining, TimeSpan Reset)
{
    /// <summary>The same in whole seconds, rounded up.</summary>
    public int ResetSeconds => (int)Math.Ceiling(Reset.TotalSeconds);
}
