using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>An image that games share. It is stored once and deleted when its last reference is released.</summary>
/// <param name="id">Random, because everybody who knows the id may see the image.</param>
/// <param name="contentHash">Together with <paramref name="format"/>, this identifies the stored bytes.</param>
/// <param name="format">The format of the stored bytes.</param>
/// <param name="size">Null for an image of schema version 1 whose header states no size.</param>
/// <param name="referenceCount">The number of references that the image had when it was read.</param>
public sealed class GameImage(Guid id, ContentHash contentHash, ImageFormat format, ImageSize? size, int referenceCount)
{
    private readonly int countBefore = referenceCount;

    public Guid Id => id;

    public ContentHash ContentHash => contentHash;

    public ImageFormat Format => format;

    public ImageSize? Size => size;

    public int ReferenceCount { get; private set; } = referenceCount;

    /// <summary>
    /// The number of references added since the image was read, minus those released. This difference is stored, not the count: other
    /// requests may have changed the stored count meanwhile.
    /// </summary>
    public int CountDelta => ReferenceCount - countBefore;

    /// <returns>An image that is not stored yet, without a reference.</returns>
    public static GameImage Of(ImageContent content) => new(Guid.NewGuid(), content.Hash, content.Format, content.Size, 0);

    public void AddReference() => ReferenceCount++;

    /// <exception cref="BrokenRuleException">The image has no reference.</exception>
    public void ReleaseReference()
    {
        if (ReferenceCount == 0)
            throw new BrokenRuleException("Image", "An image has no reference left to release.");

        ReferenceCount--;
    }

    /// <returns>A text for logs and debuggers: the id, the first digits of the hash, the type and the count.</returns>
    public override string ToString()
    {
        var references = ReferenceCount == 1 ? "1 reference" : $"{ReferenceCount} references";
        return $"image {Id} ({ContentHash.ToString()[..8]}, {Format.MimeType}, {references})";
    }
}
