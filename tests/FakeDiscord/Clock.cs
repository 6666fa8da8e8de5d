namespace GameImages.Testing.Discord;

/// <summary>Spans are measured with the stopwatch of the time provider; dates are only told.</summary>
internal sealed class Clock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    public TimeProvider Time => time;

    /// <summary>Since the start.</summary>
    public TimeSpan Now => time.GetElapsedTime(start);

    public DateTimeOffset UtcNow => time.GetUtcNow();
}
