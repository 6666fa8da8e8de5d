using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Application.Images;

/// <summary>The images that have no variants yet, the oldest first. Several programs may work on them at once.</summary>
public interface IVariantBacklog
{
    /// <summary>Completes when there may be a new image. A program that waits for it also looks at intervals.</summary>
    Task NextChange { get; }

    /// <summary>Takes the first image that no other program works on.</summary>
    /// <returns>Null if there is none. Otherwise the image stays claimed until the result is disposed of, or its program ends.</returns>
    Task<IClaimedImage?> ClaimAsync(CancellationToken ct);
}

/// <summary>An image whose variants this program makes.</summary>
public interface IClaimedImage : IAsyncDisposable
{
    Guid Id { get; }

    ImageFormat Format { get; }

    ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether the bytes have the hash that was computed when they were stored.</summary>
    bool IsIntact { get; }

    /// <summary>Stores all variants in one transaction. They replace those that the image may have.</summary>
    /// <returns>False if the image was deleted meanwhile, or another program was faster. Then nothing is stored.</returns>
    Task<bool> StoreAsync(ImageVariants variants, CancellationToken ct);

    /// <summary>Records why the image gets no variants. Nothing tries it again until an operator says so.</summary>
    /// <param name="reason">At most 1,000 characters are kept.</param>
    Task RefuseAsync(string reason, CancellationToken ct);
}

/// <summary>What a decoder makes of one image.</summary>
/// <param name="Size">The size at which the image is shown.</param>
/// <param name="Placeholder">A ThumbHash, of at most 25 bytes.</param>
/// <param name="DominantColor">0xRRGGBB.</param>
/// <param name="Variants">Smaller copies, each of another width.</param>
public sealed record ImageVariants(
    ImageSize Size, ReadOnlyMemory<byte> Placeholder, int DominantColor, IReadOnlyList<ImageVariant> Variants);

/// <summary>A smaller copy of an image.</summary>
public sealed record ImageVariant(ImageSize Size, ReadOnlyMemory<byte> Bytes)
{
    public static readonly ImageFormat Format = ImageFormat.WebP;
}
