using System.Threading.Channels;
using GameImages.Testing;

namespace GameImages.Bot.Tests.Discord;

/// <summary>
/// A clock that moves only when a test advances it. Delays end at once. An attempt times out only when a test calls for it.
/// </summary>
internal sealed class DiscordTime : TimeProvider
{
    private readonly FakeTime clock = new();
    private readonly ImmediateTime delays = new();
    private readonly Channel<Action> attempts = Channel.CreateUnbounded<Action>();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public TimeSpan Now => clock.Now;

    public override long GetTimestamp() => clock.GetTimestamp();

    public void Advance(TimeSpan by) => clock.Advance(by);

    /// <summary>Ends the ten seconds of the next attempt.</summary>
    public async Task TimeOutAsync()
    {
        // This time limit is real, but only a failing test reaches it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        (await attempts.Reader.ReadAsync(patience.Token))();
    }

    // The timer of a cancellation token is created without an end. Its due time is set afterwards by Change.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        dueTime == Timeout.InfiniteTimeSpan
            ? new Attempt(attempts.Writer, () => callback(state))
            : delays.CreateTimer(callback, state, dueTime, period);

    private sealed class Attempt(ChannelWriter<Action> attempts, Action end) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => dueTime != TimeSpan.FromSeconds(10) || attempts.TryWrite(end);

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
