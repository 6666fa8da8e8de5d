using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>
/// An image, or a variant of one, as the public may read it. The bytes of an original never change, so parts that were read at different
/// times fit together. Those of a variant change only when an operator has all variants made again.
/// </summary>
public abstract class PublicImage(PublicImageKey key, ImageFormat format, ContentHash hash, int byteLength)
{
    /// <summary>
    /// How long browsers and proxies may keep an image without asking again. They may still show a deleted image for this time.
    /// </summary>
    public static readonly TimeSpan ClientCacheTime = TimeSpan.FromHours(1);

    public PublicImageKey Key => key;

    public ImageFormat Format => format;

    /// <summary>The SHA-256 hash of the content.</summary>
    public ContentHash Hash => hash;

    /// <summary>The length of the content in bytes.</summary>
    public int ByteLength => byteLength;

    /// <summary>Reads a part of the content, and no more than that from the database.</summary>
    /// <param name="from">The position of the first byte, from 0.</param>
    /// <param name="count">The number of bytes, from 1 to as many as there are from that position.</param>
    /// <returns>At least one byte and at most <paramref name="count"/>.</returns>
    /// <exception cref="NotFoundException">The image was deleted or found damaged after it was found.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadAsync(int from, int count, CancellationToken ct);
}
