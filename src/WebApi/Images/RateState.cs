namespace GameImages.WebApi.Images;

/// <summary>How a client stands with the limit that leaves it the fewest requests.</summary>
/// <param name="Reset">Until that limit gives a request back: the earliest moment at which more remain than now.</param>
internal readonly record struct RateState(bool IsAcquired, int Limit, int Remaining, TimeSpan Reset)
{
    /// <summary>Whole seconds after which the limit has surely given a request back.</summary>
    public int ResetSeconds => (int)Math.Ceiling(Reset.TotalSeconds);
}
