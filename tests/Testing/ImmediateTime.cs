namespace GameImages.Testing;

/// <summary>A clock on which every delay ends at once.</summary>
/// <param name="longest">Longer delays stay real. If null, no delay is real.</param>
public sealed class ImmediateTime(TimeSpan? longest = null) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > longest ? dueTime : TimeSpan.Zero, period);
}
