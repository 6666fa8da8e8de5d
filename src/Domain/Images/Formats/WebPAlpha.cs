namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7.1.2: the chunk ALPH, the alpha channel of a lossy image. The first byte holds fields.</summary>
internal static class WebPAlpha
{
    private const int HeaderLength = 1;

    /// <returns>The content without the bytes and bits that decoders do not read.</returns>
    /// <param name="input">A reader of the whole file, at any position.</param>
    /// <exception cref="ImageRefusedException">The channel is not complete, or it has invalid codes.</exception>
    public static WebPContent Clean(Range content, ByteReader input, uint width, uint height)
    {
        var start = content.Start.Value;
        var data = input[(start + HeaderLength)..content.End];
        var header = input[content][0];

        // From the lowest bit, in two bits each: compression, filter, preprocessing, and reserved bits. Libwebp accepts 1 in those.
        var compression = header & 3;

        if (compression > 1 || (header >> 4 & 3) > 1 || header >> 6 > 1)
            throw ImageRefusedException.Malformed("The alpha channel has an unknown kind of data", start);

        var bits = compression == 0
            ? 8L * width * height
            : WebPLossless.Measure(data, width, height, start + HeaderLength, WebPUnusedBits.AllButGreen);

        if (bits > 8L * data.Length)
            throw ImageRefusedException.Malformed("The alpha channel ends too early", start);

        var clean = WebPContent.Cut(content, input, 8 * HeaderLength + bits);

        if (header >> 6 == 0)
            return clean;

        byte[] changed = [.. clean.Read(input)];
        changed[0] = (byte)(header & 0x3F);
        return new(clean.Original, changed);
    }
}
