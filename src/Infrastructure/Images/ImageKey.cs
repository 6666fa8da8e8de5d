using GameImages.Domain.Images;

namespace GameImages.Infrastructure.Images;

/// <summary>Identifies an image by its content. Transactions lock image rows in the order of this key.</summary>
internal readonly record struct ImageKey(ContentHash ContentHash, ImageFormat Format) : IComparable<ImageKey>
{
    public int CompareTo(ImageKey other)
    {
        var byHash = ContentHash.CompareTo(other.ContentHash);
        return byHash != 0 ? byHash : string.CompareOrdinal(Format.MimeType, other.Format.MimeType);
    }
}
