namespace GameImages.Bot.Discord;

/// <summary>At most so many requests of the bot in any second, wherever they go. Not safe for threads by itself.</summary>
internal sealed class GlobalLimit(int perSecond)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // A request reaches Discord some time between its sending and its answer, so it counts until a window after the answer.
    private readonly Queue<TimeSpan> answered = new();
    private int inFlight;
    private TimeSpan blockedUntil;

    /// <returns>How long there is nothing to send; null when there is no wait.</returns>
    public TimeSpan? Wait(TimeSpan now)
    {
        while (answered.TryPeek(out var eldest) && eldest + Window <= now)
            answered.Dequeue();

        if (now < blockedUntil)
            return blockedUntil - now;
        if (inFlight + answered.Count < perSecond)
            return null;

        return answered.TryPeek(out var next) ? next + Window - now : RateLimits.Soon;
    }

    public void Take() => inFlight++;

    public void Return(TimeSpan now)
    {
        inFlight--;
        answered.Enqueue(now);
    }

    public void Block(TimeSpan until) => blockedUntil = until > blockedUntil ? until : blockedUntil;
}
