namespace GameImages.Bot.Delivery;

/// <summary>The delay before the bot retries an announcement.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <returns>
    /// A delay that doubles with each attempt, up to ten minutes. A random part of up to half spreads the retries of many games.
    /// </returns>
    public static TimeSpan After(int attempts)
    {
        var delay = Math.Min(Longest.Ticks, First.Ticks * Math.Pow(2, attempts));
        return TimeSpan.FromTicks((long)(delay * (0.5 + Random.Shared.NextDouble() / 2)));
    }
}
