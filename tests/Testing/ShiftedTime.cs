namespace GameImages.Testing;

/// <summary>A clock that a test can set forward. Stopwatches and timers stay real.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref ticks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
