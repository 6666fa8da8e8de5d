using GameImages.Application.Games;
using GameImages.Domain;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Application;

/// <summary>Changes the caller's games and the references to images. Every use case that changes a reference uses it.</summary>
public interface IReferenceLedger
{
    IUnitOfWork Begin();
}

/// <summary>
/// Stores and releases images, and writes the game that refers to them. Only a commit writes: it sends one batch, which locks the images
/// in one order for everybody, after the game. Disposing without committing rolls everything back.
/// </summary>
public interface IUnitOfWork : IAsyncDisposable
{
    /// <summary>Locks a game until the end.</summary>
    /// <param name="ifMatch">The versions that the game may have, or null for any.</param>
    /// <exception cref="NotFoundException">There is no such game in the caller's guilds.</exception>
    /// <exception cref="StaleVersionException">Its version is another one.</exception>
    Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct);

    /// <summary>Finds the images that have these contents. Those that are not stored yet have no reference.</summary>
    /// <param name="contents">One or two.</param>
    /// <returns>
    /// The images in the same order. If somebody else stores a new one first, the commit uses that row and its id.
    /// </returns>
    Task<IReadOnlyList<GameImage>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct);

    /// <returns>Null when there is no such image.</returns>
    Task<GameImage?> FindImageAsync(Guid id, CancellationToken ct);

    /// <summary>Writes the changed count of an image that was found, and commits. An image that counts zero is deleted.</summary>
    /// <returns>The id of the image's row.</returns>
    /// <exception cref="ImageRefusedException">The image is blocked.</exception>
    /// <exception cref="BrokenRuleException">The image has fewer references than are released.</exception>
    /// <exception cref="OutcomeUnknownException">The connection was lost during the commit.</exception>
    Task<Guid> CommitImageAsync(GameImage image);

    /// <inheritdoc cref="CommitUpdateAsync"/>
    /// <param name="ct">Observed while the game waits for others that show the same image.</param>
    Task<GameResponse> CommitInsertAsync(Game game, CancellationToken ct);

    /// <summary>
    /// Counts the references that the game gained and lost, writes the game, and commits. An image that then counts zero is deleted.
    /// </summary>
    /// <exception cref="FieldRefusedException">The channel belongs to another guild.</exception>
    /// <inheritdoc cref="CommitImageAsync" path="/exception"/>
    Task<GameResponse> CommitUpdateAsync(Game game);

    /// <inheritdoc cref="CommitUpdateAsync"/>
    Task CommitDeleteAsync(Game game);
}
