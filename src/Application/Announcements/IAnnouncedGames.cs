namespace GameImages.Application.Announcements;

/// <summary>The games as they would be announced, for who only looks.</summary>
public interface IAnnouncedGames
{
    /// <returns>Those that were changed last, the last one first.</returns>
    Task<IReadOnlyList<AnnouncedGame>> ReadLatestAsync(int count, CancellationToken ct);

    /// <returns>The games of the changes after one of them, in their order and each once; null for one that was deleted.</returns>
    /// <param name="eventId">0 for all that are not announced yet.</param>
    Task<IReadOnlyList<WaitingGame>> ReadWaitingAsync(long eventId, CancellationToken ct);
}

/// <param name="EventId">The last of its changes.</param>
/// <param name="Game">Null when it was deleted.</param>
public sealed record WaitingGame(long EventId, Guid GameId, AnnouncedGame? Game);
