using GameImages.Domain;
using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Games;

/// <summary>Writes the caller's games together with the references that they hold.</summary>
public interface IGameLedger
{
    IGameTransaction Begin();
}

/// <summary>
/// One change of one game. What it takes to and gives back of image references is counted by what is committed: first the game is
/// locked, then the images, in one order for everybody and not before the commit. Disposing without committing rolls everything back.
/// </summary>
public interface IGameTransaction : IAsyncDisposable
{
    /// <param name="ifMatch">The versions that the game may have, or null for any.</param>
    /// <exception cref="NotFoundException">There is no such game in the caller's guilds.</exception>
    /// <exception cref="StaleVersionException">Its version is another one.</exception>
    Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct);

    /// <summary>Says which images these pictures are. Those that are not kept yet will be once a game that refers to them is committed.</summary>
    /// <returns>Their ids, in the same order. Of a new picture that somebody else stores first, the committed game has that row's id.</returns>
    Task<IReadOnlyList<Guid>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct);

    /// <inheritdoc cref="CommitUpdateAsync"/>
    /// <param name="ct">Heeded until it is the game's turn to be written, and then no more.</param>
    Task<GameResponse> CommitInsertAsync(Game game, CancellationToken ct);

    /// <summary>Writes the game and the counts of its images, deletes the images that nobody refers to any more, and commits.</summary>
    /// <exception cref="ImageRefusedException">A picture is blocked.</exception>
    /// <exception cref="FieldRefusedException">The channel belongs to another guild.</exception>
    /// <exception cref="BrokenRuleException">An image has fewer references than are given back.</exception>
    /// <exception cref="OutcomeUnknownException">The connection was lost on the way.</exception>
    Task<GameResponse> CommitUpdateAsync(Game game);

    /// <inheritdoc cref="CommitUpdateAsync"/>
    Task CommitDeleteAsync(Game game);
}
