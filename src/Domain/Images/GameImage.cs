using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>An image that games share. It is stored once and deleted with its last reference.</summary>
/// <param name="id">Random, because anybody who knows the id may see the image.</param>
/// <param name="contentHash">Identifies the image, together with <paramref name="format"/>.</param>
/// <param name="format">What the stored bytes are.</param>
/// <param name="size">Null for an image of schema version 1 whose header states none.</param>
/// <param name="referenceCount">How many references the image had when it was read.</param>
public sealed class GameImage(Guid id, ContentHash contentHash, ImageFormat format, ImageSize? size, int referenceCount)
{
    private readonly int countBefore = referenceCount;

    public Guid Id => id;

    public ContentHash ContentHash => contentHash;

    public ImageFormat Format => format;

    public ImageSize? Size => size;

    public int ReferenceCount { get; private set; } = referenceCount;

    /// <summary>
    /// By how much the count has changed since the image was read. This number is what is stored: the count itself may have been changed
    /// by others meanwhile.
    /// </summary>
    public int Change => ReferenceCount - countBefore;

    /// <returns>An image that nobody has stored yet, without a reference.</returns>
    public static GameImage Of(ImageContent content) => new(Guid.NewGuid(), content.Hash, content.Format, content.Size, 0);

    public void AddReference() => ReferenceCount++;

    /// <exception cref="BrokenRuleException">There is no reference left.</exception>
    public void ReleaseReference()
    {
        if (ReferenceCount == 0)
            throw new BrokenRuleException("Image", "An image has no reference left to release.");

        ReferenceCount--;
    }

    /// <returns>For logs and debuggers: the id, the beginning of the hash, the type and the count.</returns>
    public override string ToString()
    {
        var references = ReferenceCount == 1 ? "1 reference" : $"{ReferenceCount} references";
        return $"image {Id} ({ContentHash.ToString()[..8]}, {Format.MimeType}, {references})";
    }
}
