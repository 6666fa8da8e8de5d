using GameImages.Domain;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Application.Images;

/// <summary>Begins the units of work that store and release images.</summary>
public interface IReferenceLedger
{
    IUnitOfWork Begin();
}

/// <summary>
/// Stores and releases images. Only a commit writes: it sends one batch, which locks the images in the same order as every other commit.
/// Disposing without committing rolls everything back.
/// </summary>
public interface IUnitOfWork : IAsyncDisposable
{
    /// <summary>Finds the images that have these contents. An image that is not stored yet has no reference.</summary>
    /// <param name="contents">One or two.</param>
    /// <returns>
    /// The images in the same order. If another request stores a new one first, the commit uses that row and its id.
    /// </returns>
    Task<IReadOnlyList<GameImage>> FindImagesAsync(IReadOnlyList<ImageContent> contents, CancellationToken ct);

    /// <returns>Null when there is no such image.</returns>
    Task<GameImage?> FindImageAsync(Guid id, CancellationToken ct);

    /// <summary>Finds an image that the caller has uploaded, or that a game of the caller's guilds shows.</summary>
    /// <returns>Null if the caller has no such image.</returns>
    Task<GameImage?> FindUsableImageAsync(Guid id, CancellationToken ct);

    /// <summary>Writes the reference count of an image that was found, and commits. An image without a reference is deleted.</summary>
    /// <returns>The id of the image's row.</returns>
    /// <exception cref="ImageRefusedException">The image is blocked.</exception>
    /// <exception cref="BrokenRuleException">The image has fewer references than are released.</exception>
    /// <exception cref="OutcomeUnknownException">The connection was lost during the commit.</exception>
    Task<Guid> CommitImageAsync(GameImage image);
}
