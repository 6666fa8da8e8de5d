using GameImages.Application.Announcements;

namespace GameImages.Infrastructure.Announcements;

/// <summary>Completes <see cref="NextChange"/> each time it is raised.</summary>
internal sealed class OutboxSignal : IOutboxSignal
{
    private TaskCompletionSource next = Create();

    public Task NextChange => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, Create()).SetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
