using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>The pictures as the public may see them: by id, and nothing but the picture.</summary>
public interface IPublicImages
{
    /// <returns>Null when there is no such image.</returns>
    Task<PublicImage?> FindAsync(Guid id, CancellationToken ct);
}

/// <param name="ByteLength">The length of the content in bytes.</param>
/// <param name="Content">Seekable, and read from the database only as far as it is read here.</param>
public sealed record PublicImage(ImageFormat Format, ContentHash Hash, int ByteLength, DateTime CreatedAt, Stream Content)
{
    /// <summary>How long browsers and proxies may keep a picture without asking again, and so show it after it is gone.</summary>
    public const int MaxAgeSeconds = 3600;
}
