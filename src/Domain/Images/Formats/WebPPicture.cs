namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7: the chunks of a still image, or of one frame: perhaps ALPH, then VP8 or VP8L.</summary>
internal sealed class WebPPicture
{
    private Range? alpha;
    private WebPImage? image;

    public bool HasAlpha => image is { HasAlpha: true } || KeepsAlpha;

    /// <summary>Without the chunk that it may lie in.</summary>
    public int Length => WebPChunk.LengthOf(image!.Value.Content) + (KeepsAlpha ? WebPChunk.LengthOf(alpha!.Value) : 0);

    /// <summary>Is there nothing that only the extended format can say?</summary>
    public bool IsSimple => !KeepsAlpha;

    // A lossless image has its own.
    private bool KeepsAlpha => alpha is not null && image is { IsLossless: false };

    /// <returns>Whether the chunk is part of a picture.</returns>
    public bool Takes(WebPChunk chunk)
    {
        var isAlpha = chunk.Is("ALPH"u8);

        if (!isAlpha && !WebPImage.Is(chunk))
            return false;
        if (image is not null || (isAlpha && alpha is not null))
            throw chunk.Refuse("comes after the picture's own");

        if (isAlpha)
            alpha = chunk.Content.IsEmpty ? throw chunk.Refuse("is empty") : chunk.Range;
        else
            image = WebPImage.Read(chunk);

        return true;
    }

    /// <exception cref="ImageRefusedException">There is no image, or it has another size.</exception>
    public void Check(uint width, uint height, int offset)
    {
        if (image is null)
            throw ImageRefusedException.Malformed("The file ends before its image comes", offset);
        if (image.Value.Width != width || image.Value.Height != height)
            throw ImageRefusedException.Malformed(
                $"An image is {image.Value.Width} x {image.Value.Height} pixels instead of {width} x {height}",
                offset);
    }

    public void Write(CleanCopy output, ByteReader input)
    {
        if (KeepsAlpha)
            WebPChunk.Write(output, "ALPH"u8, input[alpha!.Value]);

        WebPChunk.Write(output, image!.Value.Tag, input[image.Value.Content]);
    }
}
