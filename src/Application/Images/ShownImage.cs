namespace GameImages.Application.Images;

/// <summary>An image, with all that a page needs to show it at once and without a jump.</summary>
/// <param name="Url">The path of the original on this service.</param>
/// <param name="Width">The width at which it is shown, in pixels, like the height. Null if the image states none.</param>
/// <param name="Alt">What the image shows, for people who do not see it; null if the game has no such text.</param>
/// <param name="Placeholder">A ThumbHash in Base64; null until the worker has seen the image.</param>
/// <param name="Variants">Smaller copies, the smallest first; none until the worker has made them.</param>
public sealed record ShownImage(
    Guid Id, string Url, int? Width, int? Height, string? Alt, string? Placeholder, IReadOnlyList<ShownVariant> Variants)
{
    // A list compares by reference, but two equal responses are equal.
    public bool Equals(ShownImage? other) =>
        other is not null
        && (Id, Url, Width, Height, Alt, Placeholder) == (other.Id, other.Url, other.Width, other.Height, other.Alt, other.Placeholder)
        && Variants.SequenceEqual(other.Variants);

    public override int GetHashCode() => HashCode.Combine(Id, Alt, Placeholder, Variants.Count);
}

/// <summary>A smaller copy of an image, as WebP.</summary>
/// <param name="Width">In pixels, like the height.</param>
/// <param name="Url">The path of the copy on this service.</param>
public sealed record ShownVariant(int Width, int Height, string Url);
