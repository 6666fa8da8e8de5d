namespace GameImages.Application.Games;

/// <summary>Reads the caller's games.</summary>
public interface IGameReader
{
    /// <returns>Null when there is no such game in the caller's guilds.</returns>
    Task<GameResponse?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>Lists games. Each filter reads a bounded number of rows.</summary>
    /// <returns>At most <paramref name="limit"/> games after the cursor, the latest start first.</returns>
    /// <exception cref="ListTooSlowException">The database needed more than <see cref="ListGames.MaxTime"/>.</exception>
    Task<FoundGames> ListAsync(ListGames filter, int limit, CancellationToken ct);
}

/// <summary>The games that a list found.</summary>
/// <param name="StoppedAt">The last game of a search that stopped after <see cref="ListGames.MaxSearched"/> games; otherwise null.</param>
public sealed record FoundGames(IReadOnlyList<GameResponse> Games, PageCursor? StoppedAt = null);

/// <summary>A list took longer than <see cref="ListGames.MaxTime"/>.</summary>
public sealed class ListTooSlowException(Exception cause)
    : Exception(
        $"The list took longer than {ListGames.MaxTime.TotalSeconds} seconds. Ask for one guild or one status, or try again later.",
        cause);
