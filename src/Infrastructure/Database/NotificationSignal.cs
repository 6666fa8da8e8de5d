namespace GameImages.Infrastructure.Database;

/// <summary>Completes <see cref="NextChange"/> each time it is raised.</summary>
internal class NotificationSignal
{
    private TaskCompletionSource next = Create();

    public Task NextChange => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, Create()).SetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
