using System.Security.Cryptography;
using GameImages.Domain.Images;

namespace GameImages.Operations.Images;

/// <summary>The columns of an image row that describe its bytes.</summary>
/// <param name="MimeType">Null for bytes that are none of the four formats.</param>
internal sealed record ImageMetadata(Guid Id, byte[] ContentHash, string? MimeType, int ByteLength, int? Width, int? Height)
{
    /// <returns>The values that the row should have; null if the bytes do not match its hash.</returns>
    public ImageMetadata? Correct(ReadOnlySpan<byte> bytes)
    {
        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(ContentHash))
            return null;

        // A malformed header gives no size. The size in the row may be right in that case.
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

    /// <param name="correct">The result of <see cref="Correct"/>.</param>
    public IEnumerable<ImageProblem> Compare(ImageMetadata? correct)
    {
        if (correct is null)
        {
            yield return Problem(
                ImageProblemKind.WrongHash, $"has bytes that do not match its hash, {Convert.ToHexStringLower(ContentHash)}");
            yield break;
        }

        if (correct.ByteLength != ByteLength)
            yield return WrongLength(correct.ByteLength);

        if (correct.Width != Width || correct.Height != Height)
        {
            yield return Problem(
                ImageProblemKind.WrongSize,
                $"is recorded as {Pixels(Width)} x {Pixels(Height)} pixels, but is {correct.Width} x {correct.Height}");
        }

        if (correct.MimeType != MimeType)
        {
            yield return Problem(
                ImageProblemKind.WrongType,
                $"is recorded as {MimeType}, but is {correct.MimeType ?? "none of PNG, JPEG, GIF and WebP"}");
        }
    }

    public ImageProblem WrongLength(int actual) =>
        Problem(ImageProblemKind.WrongLength, $"is recorded with {ByteLength} bytes, but has {actual}");

    private ImageProblem Problem(ImageProblemKind kind, string fault) => new(kind, $"Image {Id} {fault}.", Id);

    private static string Pixels(int? side) => side?.ToString() ?? "unknown";
}
