namespace GameImages.Testing;

/// <summary>A stopwatch that moves only when a test moves it. Dates and timers stay real.</summary>
public sealed class FakeTime : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now => new(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
