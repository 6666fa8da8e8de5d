namespace GameImages.Testing.Discord;

/// <summary>Measures time spans with the timestamps of the time provider. Its dates are only reported.</summary>
internal sealed class Clock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    public TimeProvider Time => time;

    /// <summary>The time since the start.</summary>
    public TimeSpan Now => time.GetElapsedTime(start);

    public DateTimeOffset UtcNow => time.GetUtcNow();
}
