namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.7.1.1: the chunk ANMF, one frame of an animation.</summary>
/// <param name="Header">Where its fixed part lies in the file.</param>
internal sealed record WebPFrame(Range Header, WebPPicture Picture)
{
    private const int HeaderLength = 16;

    public int Length => WebPChunk.LengthOf(HeaderLength + Picture.Length);

    /// <param name="input">A reader of the file, wherever it is.</param>
    public static WebPFrame Read(WebPChunk chunk, ByteReader input, Canvas canvas)
    {
        if (chunk.Content.Length < HeaderLength)
            throw chunk.Refuse("ends within its header");

        var start = chunk.Range.Start.Value;
        var (width, height) = (1 + WebPChunk.ReadUInt24(chunk.Content[6..]), 1 + WebPChunk.ReadUInt24(chunk.Content[9..]));
        canvas.AddFrame(
            2 * WebPChunk.ReadUInt24(chunk.Content),
            2 * WebPChunk.ReadUInt24(chunk.Content[3..]),
            width,
            height,
            chunk.Offset);

        var picture = new WebPPicture();
        var parts = input.Within((start + HeaderLength)..chunk.Range.End);

        while (!parts.AtEnd)
            picture.Takes(WebPChunk.Read(ref parts));

        picture.Check(width, height, chunk.Offset);
        return new(start..(start + HeaderLength), picture);
    }

    public void Write(CleanCopy output, ByteReader input)
    {
        WebPChunk.WriteHeader(output, "ANMF"u8, HeaderLength + Picture.Length);
        output.Append(input[Header]);
        Picture.Write(output, input);
    }
}
