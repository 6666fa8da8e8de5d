using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>The bytes of a picture that may be kept, and what they say of themselves.</summary>
/// <param name="Bytes">The upload without its metadata: the same for every copy of a picture, and the upload itself when it had none.</param>
/// <param name="Size">In pixels.</param>
/// <param name="Frames">1 unless the picture is animated.</param>
public sealed record ImageContent(ReadOnlyMemory<byte> Bytes, ContentHash Hash, ImageFormat Format, ImageSize Size, int Frames)
{
    /// <summary>Reads what an upload is from its own bytes, checks how it is built, and leaves out what only describes the picture.</summary>
    /// <param name="hash">Of these bytes, if it is known already.</param>
    /// <exception cref="ImageRefusedException">They are too many, none of the four formats, malformed, or a picture that is too large.</exception>
    public static ImageContent Read(ReadOnlyMemory<byte> bytes, ImageLimits limits, ContentHash? hash = null)
    {
        if (bytes.Length > limits.MaxBytes)
            throw ImageRefusedException.TooManyBytes(limits);
        if (bytes.IsEmpty)
            throw ImageRefusedException.Malformed("The image is empty", 0);

        var format = ImageFormat.Recognize(bytes.Span)
            ?? throw new ImageRefusedException(ImageRefusal.UnsupportedFormat, "The bytes are none of PNG, JPEG, GIF and WebP.");

        var input = new ByteReader(bytes.Span);
        var clean = new CleanCopy(bytes);
        var canvas = new Canvas(limits);
        format.Walk(ref input, clean, canvas);

        // An end marker that was missing may make the copy longer than what came in.
        if (clean.Bytes.Length > limits.MaxBytes)
            throw ImageRefusedException.TooManyBytes(limits);

        if (hash is null || !clean.Bytes.Equals(bytes))
            hash = ContentHash.Of(clean.Bytes.Span);

        return new(clean.Bytes, hash.Value, format, canvas.Size, canvas.Frames);
    }
}
