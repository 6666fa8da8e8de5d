using GameImages.Application.Images;
using GameImages.Domain.Games;

namespace GameImages.Application.Games;

/// <summary>Writes the caller's games together with the references that they hold.</summary>
public interface IGameLedger
{
    Task<IGameTransaction> BeginAsync(CancellationToken ct);
}

/// <summary>
/// A game row and its image rows under their locks: first the game, then the images, so that nobody waits in a ring.
/// Disposing without committing rolls everything back.
/// </summary>
public interface IGameTransaction : IImageTransaction
{
    /// <param name="ifMatch">The versions that the game may have, or null for any.</param>
    /// <exception cref="NotFoundException">There is no such game in the caller's guilds.</exception>
    /// <exception cref="StaleVersionException">Its version is another one.</exception>
    Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct);

    Task<GameResponse> InsertAsync(Game game, CancellationToken ct);

    Task<GameResponse> UpdateAsync(Game game, CancellationToken ct);

    Task DeleteAsync(Game game, CancellationToken ct);
}
