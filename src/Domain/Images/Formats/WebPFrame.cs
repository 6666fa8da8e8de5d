namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7.1.1: the chunk ANMF, one frame of an animation.</summary>
/// <param name="Header">The fixed part of the chunk.</param>
internal sealed record WebPFrame(byte[] Header, WebPImageData Image)
{
    private const int TagLength = 4;
    private const int HeaderLength = 16;

    // The last byte has two flags, which select how the frame is blended and disposed of. The other bits are reserved.
    private const int UsedFlags = 3;

    public int Length => WebPChunk.LengthOf(HeaderLength + Image.Length);

    /// <summary>
    /// Reads the start of the chunk and the image in it. Libwebp reads what follows in the chunk as if it were not in the chunk, and so
    /// does this method's caller.
    /// </summary>
    /// <param name="isAnimated">Whether frames are shown.</param>
    /// <returns>Null if decoders ignore the frame.</returns>
    public static WebPFrame? Read(ref ByteReader input, Canvas canvas, bool isAnimated)
    {
        var offset = input.Position;
        input.Take(TagLength, "the tag of a frame");
        var length = input.TakeUInt32LittleEndian("the length of a frame");
        var end = input.Position + length + length % 2;
        var header = input.Take(HeaderLength, "a frame").ToArray();
        header[^1] &= UsedFlags;

        if (length < HeaderLength || end > input.Position + input.Rest.Length)
            throw ImageRefusedException.Malformed($"A frame has {length} bytes", offset);
        if (!WebPImageData.IsNext(input))
            return null;

        var image = WebPImageData.Read(ref input);

        if (input.Position > end)
            throw ImageRefusedException.Malformed("An image is longer than its frame", offset);
        if (!isAnimated)
            return null;

        var width = 1 + WebPChunk.ReadUInt24(header.AsSpan(6));
        var height = 1 + WebPChunk.ReadUInt24(header.AsSpan(9));
        canvas.AddFrame(2 * WebPChunk.ReadUInt24(header), 2 * WebPChunk.ReadUInt24(header.AsSpan(3)), width, height, offset);
        image.Complete(input, width, height, offset, usesAlpha: true);
        return new(header, image);
    }

    public void Write(CleanCopy output, ByteReader input)
    {
        WebPChunk.WriteHeader(output, "ANMF"u8, HeaderLength + Image.Length);
        output.Append(Header);
        Image.Write(output, input);
    }
}
