using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>A picture as the public may see it. Its bytes never change, so whatever was read of it fits together.</summary>
public abstract class PublicImage(ImageFormat format, ContentHash hash, int byteLength)
{
    /// <summary>How long browsers and proxies may keep a picture without asking again, and so show it after it is gone.</summary>
    public const int MaxAgeSeconds = 3600;

    public ImageFormat Format => format;

    /// <summary>The length of the content in bytes.</summary>
    public int ByteLength => byteLength;

    /// <summary>The content hash as a strong entity tag, in quotes (RFC 9110 section 8.8.3).</summary>
    public string EntityTag { get; } = $"\"{hash}\"";

    /// <summary>Reads a part of the content; what is not asked for need not be read.</summary>
    /// <param name="from">The position of the first byte, from 0.</param>
    /// <param name="count">How many bytes are wanted, from 1 to as many as there are from there on.</param>
    /// <returns>At least the first of them, and not more than are wanted.</returns>
    /// <exception cref="NotFoundException">The picture was deleted or found damaged meanwhile.</exception>
    public abstract ValueTask<ReadOnlyMemory<byte>> ReadAsync(int from, int count, CancellationToken ct);
}
