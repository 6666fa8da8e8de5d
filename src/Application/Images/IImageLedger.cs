using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>Keeps each picture once and counts who refers to it.</summary>
public interface IImageLedger
{
    Task<IImageTransaction> BeginAsync(CancellationToken ct);
}

/// <summary>Image rows under their locks. Disposing without <see cref="CommitAsync"/> rolls everything back.</summary>
public interface IImageTransaction : IAsyncDisposable
{
    /// <summary>
    /// Locks the rows of these pictures until the transaction ends, in one order for everybody, and inserts those that are not kept yet.
    /// Ids without a row are left out. Call it once for all the pictures that the transaction touches.
    /// </summary>
    Task<LockedImages> LockImagesAsync(IReadOnlyCollection<ImageContent> contents, IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Writes the new counts, deletes the rows that nobody refers to any more, and commits.</summary>
    /// <exception cref="OutcomeUnknownException">The connection was lost on the way.</exception>
    Task CommitAsync(CancellationToken ct);
}
