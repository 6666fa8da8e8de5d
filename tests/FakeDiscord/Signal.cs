namespace GameImages.Testing.Discord;

/// <summary>Tells everybody who waits that something has changed.</summary>
internal sealed class Signal
{
    private TaskCompletionSource next = Create();

    /// <summary>Take it before looking: what changes after the look ends it.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
