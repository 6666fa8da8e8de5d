namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7: the chunks of a still image or of one frame. An optional ALPH is followed by VP8 or VP8L.</summary>
internal sealed class WebPImageData
{
    private Range? alpha;
    private WebPBitstream? bitstream;
    private WebPContent? cleanAlpha;
    private WebPContent cleanImage;

    public bool HasAlpha => bitstream is { HasAlpha: true } || cleanAlpha is not null;

    /// <summary>The length of the chunks in bytes, without the chunk of the frame.</summary>
    public int Length => WebPChunk.LengthOf(cleanImage.Length) + (cleanAlpha is { } kept ? WebPChunk.LengthOf(kept.Length) : 0);

    /// <summary>The simple format is enough for these chunks.</summary>
    public bool IsSimple => cleanAlpha is null;

    /// <summary>Adds the chunk if it belongs to an image.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(WebPChunk chunk)
    {
        var isAlpha = chunk.Is("ALPH"u8);

        if (!isAlpha && !WebPBitstream.Is(chunk))
            return false;
        if (bitstream is not null || (isAlpha && alpha is not null))
            throw chunk.Refuse("comes a second time, or after the image");
        if (isAlpha && chunk.Content.IsEmpty)
            throw chunk.Refuse("is empty");

        if (isAlpha)
            alpha = chunk.Range;
        else
            bitstream = WebPBitstream.Read(chunk);

        return true;
    }

    /// <summary>Checks the image, and finds what of it must be kept.</summary>
    /// <param name="input">A reader of the whole file, at any position.</param>
    /// <exception cref="ImageRefusedException">There is no complete image, or its size is not this one.</exception>
    public void Complete(ByteReader input, uint width, uint height, int offset)
    {
        if (bitstream is not { } image)
            throw ImageRefusedException.Malformed("There is no image", offset);
        if (image.Width != width || image.Height != height)
            throw ImageRefusedException.Malformed(
                $"An image is {image.Width} x {image.Height} pixels; it must be {width} x {height}", offset);

        cleanImage = image.Clean(input);

        // A lossless image contains its own alpha channel, so decoders ignore ALPH.
        if (alpha is { } range && !image.IsLossless)
            cleanAlpha = WebPAlpha.Clean(range, input, width, height);
    }

    public void Write(CleanCopy output, ByteReader input)
    {
        if (cleanAlpha is { } kept)
            WebPChunk.Write(output, "ALPH"u8, kept.Read(input));

        WebPChunk.Write(output, bitstream!.Value.Tag, cleanImage.Read(input));
    }
}
