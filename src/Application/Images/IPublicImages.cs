namespace GameImages.Application.Images;

/// <summary>The pictures as the public may see them: by id, and nothing but the picture.</summary>
public interface IPublicImages
{
    /// <summary>Looks into memory only.</summary>
    /// <param name="beginning">The first bytes of the content, or all of them.</param>
    /// <returns>Null when the picture, or the beginning of it, is not there, or when nobody could have heard that it is gone.</returns>
    PublicImage? FindCached(Guid id, out ReadOnlyMemory<byte> beginning);

    /// <param name="withContent">Whether the content will be read from its beginning, which then takes no further trip to the database.</param>
    /// <returns>Null when there is no such image.</returns>
    Task<PublicImage?> FindAsync(Guid id, bool withContent, CancellationToken ct);
}
