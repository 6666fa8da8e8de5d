namespace GameImages.Application.Announcements;

/// <summary>Reports that the outbox may have a new event.</summary>
public interface IOutboxSignal
{
    /// <summary>Completes with the next event. A caller that takes the task before it reads the outbox misses no event.</summary>
    Task NextChange { get; }
}
