namespace GameImages.Bot.Discord;

/// <summary>Limits the requests that the bot sends to Discord in any second. The caller has to synchronise access.</summary>
internal sealed class GlobalLimit(int perSecond)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // A request reaches Discord at an unknown time before its response. It therefore counts until one window after the response.
    private readonly Queue<TimeSpan> completed = new();
    private int inFlight;
    private TimeSpan blockedUntil;

    /// <returns>How long no request may be sent; null when a request may be sent now.</returns>
    public TimeSpan? Wait(TimeSpan now)
    {
        while (completed.TryPeek(out var oldest) && oldest + Window <= now)
            completed.Dequeue();

        if (now < blockedUntil)
            return blockedUntil - now;
        if (inFlight + completed.Count < perSecond)
            return null;

        return completed.TryPeek(out var next) ? next + Window - now : RateLimits.RecheckDelay;
    }

    public void Take() => inFlight++;

    public void Return(TimeSpan now)
    {
        inFlight--;
        completed.Enqueue(now);
    }

    public void Block(TimeSpan until) => blockedUntil = until > blockedUntil ? until : blockedUntil;
}
