using GameImages.Domain.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>Identifies an image by its content, and orders the locks on image rows.</summary>
internal readonly record struct ImageKey(ContentHash ContentHash, ImageFormat MimeType) : IComparable<ImageKey>
{
    public int CompareTo(ImageKey other)
    {
        var byHash = ContentHash.CompareTo(other.ContentHash);
        return byHash != 0 ? byHash : string.CompareOrdinal(MimeType.MimeType, other.MimeType.MimeType);
    }
}
