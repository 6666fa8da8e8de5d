namespace GameImages.Testing.Discord;

/// <summary>Notifies all waiting tasks of a change.</summary>
internal sealed class Signal
{
    private TaskCompletionSource next = Create();

    /// <summary>Completes with the next change. Read it before checking the state, so that no change is missed.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
