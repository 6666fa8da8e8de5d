namespace GameImages.Bot.Discord;

/// <summary>How a bucket stands after a request, in Discord's words.</summary>
/// <param name="Bucket">Null when Discord does not name it.</param>
/// <param name="Limit">Of a whole window; null when Discord does not say.</param>
internal sealed record Standing(string? Bucket, int? Limit, int Remaining, TimeSpan ResetAfter);

/// <summary>Requests that Discord counts together in one channel. Not safe for threads by itself.</summary>
internal sealed class Bucket
{
    private int? limit;
    private int remaining;
    private TimeSpan resetAt;
    private int inFlight;

    public bool IsReset(TimeSpan now) => inFlight == 0 && now >= resetAt;

    /// <returns>How long there is nothing to send; null when there is no wait.</returns>
    public TimeSpan? Wait(TimeSpan now)
    {
        // Of what is not known yet, one request learns.
        var left = now < resetAt ? remaining : limit ?? 1;
        if (inFlight < left)
            return null;

        return left > 0 ? RateLimits.Soon : resetAt - now;
    }

    public void Take() => inFlight++;

    public void Return() => inFlight--;

    public void Learn(Standing standing, TimeSpan sentAt, TimeSpan now)
    {
        var reset = now + standing.ResetAfter;

        // What was sent after the reset was counted in a later window. Of anything else the window is uncertain: the stricter word holds.
        (remaining, resetAt) = sentAt >= resetAt
            ? (standing.Remaining, reset)
            : (Math.Min(remaining, standing.Remaining), reset > resetAt ? reset : resetAt);
        limit = standing.Limit ?? limit;
    }

    /// <summary>Discord may have counted a request, in this window or in one that began with it.</summary>
    public void Doubt() => (remaining, limit) = (Math.Max(0, remaining - 1), null);
}
