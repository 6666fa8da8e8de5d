namespace GameImages.Bot.Discord;

/// <summary>Requests to one channel that share one of Discord's rate limits. The caller has to synchronise access.</summary>
internal sealed class Bucket
{
    private int? limit;
    private int remaining;
    private TimeSpan resetAt;
    private int inFlight;

    public bool IsReset(TimeSpan now) => inFlight == 0 && now >= resetAt;

    /// <returns>How long no request may be sent; null when a request may be sent now.</returns>
    public TimeSpan? Wait(TimeSpan now)
    {
        // Until the first response arrives, send one request only.
        var left = now < resetAt ? remaining : limit ?? 1;
        if (inFlight < left)
            return null;

        return left > 0 ? RateLimits.RecheckDelay : resetAt - now;
    }

    public void Take() => inFlight++;

    public void Return() => inFlight--;

    /// <summary>Applies the state that a response reports.</summary>
    /// <param name="sentAt">When the request of this response was sent.</param>
    public void Apply(BucketState state, TimeSpan sentAt, TimeSpan now)
    {
        var reset = now + state.ResetAfter;

        // Discord counted a request that was sent after the reset in a new window. An earlier request may belong to the old window or to a
        // new one, so the stricter values apply.
        if (sentAt >= resetAt)
        {
            remaining = state.Remaining;
            resetAt = reset;
        }
        else
        {
            remaining = Math.Min(remaining, state.Remaining);
            resetAt = reset > resetAt ? reset : resetAt;
        }

        limit = state.Limit ?? limit;
    }

    /// <summary>
    /// Counts a request whose response reported no state. Discord may have counted it in this window, or started a new window with it.
    /// </summary>
    public void ApplyUnknownState()
    {
        remaining = Math.Max(0, remaining - 1);
        limit = null;
    }
}
