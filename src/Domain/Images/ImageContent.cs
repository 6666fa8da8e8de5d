using GameImages.Domain.Images.Formats;

namespace GameImages.Domain.Images;

/// <summary>The bytes of a valid image without its metadata, and the facts that these bytes state.</summary>
/// <param name="Bytes">
/// The upload without its metadata. Copies of one image that differ in metadata only have the same bytes. An upload without metadata is
/// not copied.
/// </param>
/// <param name="Size">In pixels.</param>
/// <param name="Frames">The number of frames; 1 unless the image is animated.</param>
public sealed record ImageContent(ReadOnlyMemory<byte> Bytes, ContentHash Hash, ImageFormat Format, ImageSize Size, int Frames)
{
    /// <summary>Recognizes the format of an upload by its bytes, checks its structure, and removes its metadata.</summary>
    /// <param name="hash">The hash of these bytes, if the caller knows it already.</param>
    /// <exception cref="ImageRefusedException">
    /// The upload has too many bytes, has none of the four formats, is malformed, or has too many pixels or frames.
    /// </exception>
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

        canvas.CheckBytes(clean.Bytes.Length);

        if (hash is null || !clean.Bytes.Equals(bytes))
            hash = ContentHash.Of(clean.Bytes.Span);

        return new(clean.Bytes, hash.Value, format, canvas.Size, canvas.Frames);
    }
}
