namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7: the chunks of a still image or of one frame: VP8L, or VP8 after an optional ALPH.</summary>
internal sealed class WebPImageData
{
    private Range? alpha;
    private WebPBitstream? bitstream;
    private WebPContent? cleanAlpha;
    private WebPContent cleanImage;

    public bool IsLossless => bitstream is { IsLossless: true };

    /// <summary>The header of a lossless image states that it is transparent.</summary>
    public bool IsTransparent => bitstream is { HasAlpha: true };

    public bool HasAlphaChunk => cleanAlpha is not null;

    /// <summary>The length of the chunks in bytes, without the chunk of the frame.</summary>
    public int Length => WebPChunk.LengthOf(cleanImage.Length) + (cleanAlpha is { } kept ? WebPChunk.LengthOf(kept.Length) : 0);

    /// <returns>Whether the next chunk belongs to an image.</returns>
    public static bool IsNext(ByteReader input) => IsAlphaNext(input) || WebPBitstream.IsNext(input);

    /// <summary>Reads all chunks of the image that follow each other. Libwebp requires that no other chunk is between them.</summary>
    /// <exception cref="ImageRefusedException">The chunks do not make an image.</exception>
    public static WebPImageData Read(ref ByteReader input)
    {
        var image = new WebPImageData();

        while (IsNext(input))
        {
            var isAlpha = IsAlphaNext(input);
            var chunk = WebPChunk.Read(ref input);

            if (image.bitstream is not null || (isAlpha && image.alpha is not null))
                throw chunk.Refuse("comes a second time, or after the image");
            if (isAlpha && chunk.Content.IsEmpty)
                throw chunk.Refuse("is empty");

            if (isAlpha)
                image.alpha = chunk.Range;
            else
                image.bitstream = WebPBitstream.Read(chunk);
        }

        return image;
    }

    /// <summary>Checks the image, and finds what of it must be kept.</summary>
    /// <param name="input">A reader of the whole file, at any position.</param>
    /// <param name="usesAlpha">Whether decoders use the chunk ALPH.</param>
    /// <exception cref="ImageRefusedException">There is no complete image, or its size is not this one.</exception>
    public void Complete(ByteReader input, uint width, uint height, int offset, bool usesAlpha)
    {
        if (bitstream is not { } image)
            throw ImageRefusedException.Malformed("There is no image", offset);
        if (image.Width != width || image.Height != height)
            throw ImageRefusedException.Malformed(
                $"An image is {image.Width} x {image.Height} pixels; it must be {width} x {height}", offset);
        if (alpha is not null && image.IsLossless)
            throw ImageRefusedException.Malformed("A lossless image has a second alpha channel", offset);

        cleanImage = image.Clean(input);

        if (alpha is { } range && usesAlpha)
            cleanAlpha = WebPAlpha.Clean(range, input, width, height);
    }

    public void Write(CleanCopy output, ByteReader input)
    {
        if (cleanAlpha is { } kept)
            WebPChunk.Write(output, "ALPH"u8, kept.Read(input));

        WebPChunk.Write(output, bitstream!.Value.Tag, cleanImage.Read(input));
    }

    private static bool IsAlphaNext(ByteReader input) => input.Rest.StartsWith("ALPH"u8);
}
