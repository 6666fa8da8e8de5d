using System.Threading.Channels;
using GameImages.Testing;

namespace GameImages.Bot.Tests.Discord;

/// <summary>A stopwatch that stands still until it is moved. Delays are over at once, but a try runs out of time only when a test says so.</summary>
internal sealed class DiscordTime : TimeProvider
{
    private readonly FakeTime stopwatch = new();
    private readonly ImmediateTime delays = new();
    private readonly Channel<Action> tries = Channel.CreateUnbounded<Action>();

    public override long TimestampFrequency => stopwatch.TimestampFrequency;

    public TimeSpan Now => stopwatch.Now;

    public override long GetTimestamp() => stopwatch.GetTimestamp();

    public void Advance(TimeSpan by) => stopwatch.Advance(by);

    /// <summary>The ten seconds of the next try are over.</summary>
    public async Task TimeOutAsync()
    {
        // Real time, and only for a test that fails.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        (await tries.Reader.ReadAsync(patience.Token))();
    }

    // What ends by a token is created without an end and told it afterwards.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime == Timeout.InfiniteTimeSpan
            ? new Try(tries.Writer, () => callback(state))
            : delays.CreateTimer(callback, state, dueTime, period);

    private sealed class Try(ChannelWriter<Action> tries, Action end) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => dueTime != TimeSpan.FromSeconds(10) || tries.TryWrite(end);

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
