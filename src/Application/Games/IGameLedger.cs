using GameImages.Application.Images;
using GameImages.Domain.Games;

namespace GameImages.Application.Games;

/// <summary>Begins the units of work that change the caller's games and the references to their images.</summary>
public interface IGameLedger
{
    IGameUnitOfWork Begin();
}

/// <summary>
/// Changes one game and counts the references to its images. Only a commit writes: it sends one batch, which writes the images before the
/// game.
/// </summary>
public interface IGameUnitOfWork : IUnitOfWork
{
    /// <summary>Locks a game until the unit of work ends.</summary>
    /// <param name="expectedVersions">The versions that the game may have, or null for any.</param>
    /// <exception cref="NotFoundException">There is no such game in the caller's guilds.</exception>
    /// <exception cref="StaleVersionException">The game has another version.</exception>
    Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? expectedVersions, CancellationToken ct);

    /// <summary>
    /// Finds the answer that an earlier request with the same key has got. If there is none, the key is reserved until the unit of work
    /// ends.
    /// </summary>
    /// <param name="key">Null finds nothing.</param>
    /// <exception cref="RequestInProgressException">Another request has reserved the key.</exception>
    /// <exception cref="KeyReusedException">The key belongs to another request.</exception>
    Task<GameResponse?> FindAnswerAsync(IdempotencyKey? key, CancellationToken ct);

    /// <inheritdoc cref="CommitUpdateAsync"/>
    /// <summary>Does the same for a new game, and keeps it as the answer for the key that was reserved.</summary>
    /// <param name="ct">Observed while the game waits for other new games that show the same image.</param>
    Task<GameResponse> CommitInsertAsync(Game game, CancellationToken ct);

    /// <summary>
    /// Counts the references that the game gained and lost, writes the game, and commits. An image without a reference is deleted.
    /// </summary>
    /// <exception cref="FieldRefusedException">
    /// The channel belongs to another guild, or the caller may not use an image any more.
    /// </exception>
    /// <exception cref="QuotaExceededException">The guild may not have so many games or images.</exception>
    /// <inheritdoc cref="IUnitOfWork.CommitImageAsync" path="/exception"/>
    Task<GameResponse> CommitUpdateAsync(Game game);

    /// <inheritdoc cref="CommitUpdateAsync"/>
    Task CommitDeleteAsync(Game game);
}
