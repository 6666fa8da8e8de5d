namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7.1.1: the chunk ANMF, one frame of an animation.</summary>
/// <param name="Header">The position of the fixed part in the file.</param>
internal sealed record WebPFrame(Range Header, WebPImageData Image)
{
    private const int HeaderLength = 16;

    public int Length => WebPChunk.LengthOf(HeaderLength + Image.Length);

    /// <param name="input">A reader of the whole file, at any position.</param>
    public static WebPFrame Read(WebPChunk chunk, ByteReader input, Canvas canvas)
    {
        if (chunk.Content.Length < HeaderLength)
            throw chunk.Refuse("ends within its header");

        var start = chunk.Range.Start.Value;
        var left = 2 * WebPChunk.ReadUInt24(chunk.Content);
        var top = 2 * WebPChunk.ReadUInt24(chunk.Content[3..]);
        var width = 1 + WebPChunk.ReadUInt24(chunk.Content[6..]);
        var height = 1 + WebPChunk.ReadUInt24(chunk.Content[9..]);
        canvas.AddFrame(left, top, width, height, chunk.Offset);

        var image = new WebPImageData();
        var parts = input.Within((start + HeaderLength)..chunk.Range.End);

        while (!parts.AtEnd)
            image.TryAdd(WebPChunk.Read(ref parts));

        image.Complete(input, width, height, chunk.Offset);
        return new(start..(start + HeaderLength), image);
    }

    public void Write(CleanCopy output, ByteReader input)
    {
        WebPChunk.WriteHeader(output, "ANMF"u8, HeaderLength + Image.Length);
        output.Append(input[Header]);
        Image.Write(output, input);
    }
}
