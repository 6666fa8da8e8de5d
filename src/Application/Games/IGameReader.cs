namespace GameImages.Application.Games;

/// <summary>Reads the caller's games, straight into the response.</summary>
public interface IGameReader
{
    /// <returns>Null when there is no such game in the caller's guilds.</returns>
    Task<GameResponse?> FindAsync(Guid id, CancellationToken ct);

    /// <returns>At most <paramref name="limit"/> games after the cursor, the latest start first.</returns>
    Task<IReadOnlyList<GameResponse>> ListAsync(ListGames filter, int limit, CancellationToken ct);
}
