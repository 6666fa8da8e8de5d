namespace GameImages.Application.Images;

/// <summary>Finds images by their ids, for anyone.</summary>
public interface IPublicImages
{
    /// <summary>Looks in memory only.</summary>
    /// <param name="beginning">The first bytes of the content, or all of them.</param>
    /// <returns>
    /// Null when the image or the beginning of its content is not in memory, or when the image may have been deleted without a
    /// notification.
    /// </returns>
    PublicImage? FindCached(Guid id, out ReadOnlyMemory<byte> beginning);

    /// <param name="withContent">Whether the content will be read from its beginning. Then the same query reads it.</param>
    /// <returns>Null when there is no such image.</returns>
    Task<PublicImage?> FindAsync(Guid id, bool withContent, CancellationToken ct);
}
