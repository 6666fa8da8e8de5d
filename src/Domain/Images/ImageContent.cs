namespace GameImages.Domain.Images;

/// <summary>The bytes of a picture that may be kept, and what they say of themselves.</summary>
/// <param name="Size">In pixels.</param>
public sealed record ImageContent(ReadOnlyMemory<byte> Bytes, ContentHash Hash, ImageFormat Format, ImageSize Size)
{
    /// <summary>Reads what an upload is from its own bytes.</summary>
    /// <exception cref="ImageRefusedException">They are too many, none of the four formats, malformed, or a picture that is too large.</exception>
    public static ImageContent Read(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        if (bytes.Length > limits.MaxBytes)
            throw ImageRefusedException.TooManyBytes(limits);
        if (bytes.IsEmpty)
            throw new ImageRefusedException(ImageRefusal.Malformed, "The image is empty.");

        var format = ImageFormat.Recognize(bytes.Span)
            ?? throw new ImageRefusedException(ImageRefusal.UnsupportedFormat, "The bytes are none of PNG, JPEG, GIF and WebP.");
        var size = format.ReadSize(bytes.Span)
            ?? throw new ImageRefusedException(ImageRefusal.Malformed, $"The bytes begin like {format}, but state no width and height.");

        if (Math.Max(size.Width, size.Height) > limits.MaxSide)
            throw new ImageRefusedException(ImageRefusal.Malformed,
                $"The image is {size.Width} x {size.Height} pixels; a side has at most {limits.MaxSide}.");

        return new(bytes, ContentHash.Of(bytes.Span), format, size);
    }
}
