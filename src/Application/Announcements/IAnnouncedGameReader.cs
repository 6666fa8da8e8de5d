namespace GameImages.Application.Announcements;

/// <summary>Reads games in the form in which they are announced. The preview of announcements uses it.</summary>
public interface IAnnouncedGameReader
{
    /// <returns>The games that were changed last, the most recent change first.</returns>
    Task<IReadOnlyList<AnnouncedGame>> ReadLatestAsync(int count, CancellationToken ct);

    /// <summary>Reads the games that have an event in the outbox after a given one.</summary>
    /// <param name="eventId">The id of an event; 0 for all events.</param>
    /// <returns>Each game once, in the order of their last events.</returns>
    Task<IReadOnlyList<WaitingGame>> ReadWaitingAsync(long eventId, CancellationToken ct);
}

/// <summary>A game that waits to be announced.</summary>
/// <param name="EventId">The last of its events.</param>
/// <param name="Game">Null when the game was deleted.</param>
public sealed record WaitingGame(long EventId, Guid GameId, AnnouncedGame? Game);
