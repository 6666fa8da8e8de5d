using System.Security.Cryptography;
using GameImages.Domain.Images;

namespace GameImages.Operations.Images;

/// <summary>What an image row says of its bytes.</summary>
/// <param name="MimeType">Null for bytes of none of the four formats.</param>
internal sealed record ImageMetadata(Guid Id, byte[] ContentHash, string? MimeType, int ByteLength, int? Width, int? Height)
{
    /// <returns>What the row has to say; null when the bytes are not those that were stored.</returns>
    public ImageMetadata? Of(ReadOnlySpan<byte> bytes)
    {
        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(ContentHash))
            return null;

        // A header that is malformed states no size, and then the row may be right.
        var format = ImageFormat.Recognize(bytes);
        var size = format?.ReadSize(bytes);
        return this with
        {
            MimeType = format?.MimeType,
            ByteLength = bytes.Length,
            Width = size?.Width ?? Width,
            Height = size?.Height ?? Height,
        };
    }

    /// <param name="right">What <see cref="Of"/> has returned.</param>
    public IEnumerable<ImageProblem> Compare(ImageMetadata? right)
    {
        if (right is null)
        {
            yield return Problem(
                ImageProblemKind.WrongHash,
                $"has bytes that do not have its hash, {Convert.ToHexStringLower(ContentHash)}");
            yield break;
        }

        if (right.ByteLength != ByteLength)
            yield return WrongLength(right.ByteLength);
        if ((right.Width, right.Height) != (Width, Height))
            yield return Problem(
                ImageProblemKind.WrongSize,
                $"is said to be {Pixels(Width)} x {Pixels(Height)} pixels, but is {right.Width} x {right.Height}");
        if (right.MimeType != MimeType)
            yield return Problem(
                ImageProblemKind.WrongType,
                $"is said to be {MimeType}, but is {right.MimeType ?? "none of PNG, JPEG, GIF and WebP"}");
    }

    public ImageProblem WrongLength(int actual) =>
        Problem(ImageProblemKind.WrongLength, $"is said to have {ByteLength} bytes, but has {actual}");

    private ImageProblem Problem(ImageProblemKind kind, string fault) => new(kind, $"Image {Id} {fault}.", Id);

    private static string Pixels(int? side) => side?.ToString() ?? "unknown";
}
