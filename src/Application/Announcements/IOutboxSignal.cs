namespace GameImages.Application.Announcements;

/// <summary>Tells that there may be something new in the outbox.</summary>
public interface IOutboxSignal
{
    /// <summary>Completes with the next change. Taken before the outbox is looked at, it misses none.</summary>
    Task NextChange { get; }
}
