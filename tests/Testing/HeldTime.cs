using System.Threading.Channels;

namespace GameImages.Testing;

/// <summary>A clock on which a delay ends only when a test ends it. Its stopwatch is real, but a test can set it forward.</summary>
public sealed class HeldTime : TimeProvider
{
    private readonly Channel<Held> held = Channel.CreateUnbounded<Held>();
    private long ahead;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref ahead);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, (long)(by.TotalSeconds * TimestampFrequency));

    /// <summary>Waits until the code under test starts a delay of this length.</summary>
    /// <returns>The delay, which the test can end.</returns>
    public async Task<Held> NextAsync(TimeSpan delay)
    {
        // This time limit is real, but only a failing test reaches it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (true)
        {
            var next = await held.Reader.ReadAsync(patience.Token);

            if (next.Delay == delay)
                return next;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(dueTime, () => callback(state));
        held.Writer.TryWrite(timer);
        return timer;
    }

    public sealed class Held(TimeSpan delay, Action end) : ITimer
    {
        public TimeSpan Delay { get; } = delay;

        /// <summary>Ends the delay.</summary>
        public void End() => end();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
