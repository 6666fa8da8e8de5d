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
    PublicImage? FindCached(PublicImageKey key, out ReadOnlyMemory<byte> beginning);

    /// <param name="withContent">Whether the content will be read from its beginning. Then the same query reads it.</param>
    /// <returns>Null when there is no such image or variant.</returns>
    Task<PublicImage?> FindAsync(PublicImageKey key, bool withContent, CancellationToken ct);
}

/// <summary>Names an image or one of its variants.</summary>
/// <param name="Width">The width of the variant; 0 for the original.</param>
public readonly record struct PublicImageKey(Guid ImageId, int Width = 0)
{
    public bool IsVariant => Width > 0;

    public PublicImageKey Original => new(ImageId);
}

/// <summary>The widths of the variants that the worker makes.</summary>
public sealed record VariantWidths(IReadOnlyList<int> Values)
{
    public static readonly VariantWidths Default = new([160, 320, 640, 1280, 1920]);
}
