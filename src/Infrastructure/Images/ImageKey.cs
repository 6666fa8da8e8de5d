using GameImages.Domain.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>What makes a picture the same picture, and the order in which image rows are locked.</summary>
internal readonly record struct ImageKey(ContentHash ContentHash, ImageFormat MimeType) : IComparable<ImageKey>
{
    public ImageKey(ImageContent content)
        : this(content.Hash, content.Format)
    {
    }

    public int CompareTo(ImageKey other)
    {
        var byHash = ContentHash.CompareTo(other.ContentHash);
        return byHash != 0 ? byHash : string.CompareOrdinal(MimeType.MimeType, other.MimeType.MimeType);
    }
}
