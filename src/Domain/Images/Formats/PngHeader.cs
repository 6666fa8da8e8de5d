using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG section 11.2.1: the chunk IHDR. This type holds the fields that other chunks depend on.</summary>
internal readonly record struct PngHeader(byte ColorType, byte Depth, bool IsInterlaced)
{
    private const byte Gray = 0;
    private const byte TrueColor = 2;
    private const byte Indexed = 3;
    private const byte GrayWithAlpha = 4;
    private const byte TrueColorWithAlpha = 6;

    public bool IsIndexed => ColorType == Indexed;

    public bool IsGray => ColorType is Gray or GrayWithAlpha;

    public bool HasAlpha => ColorType is GrayWithAlpha or TrueColorWithAlpha;

    public int BitsPerPixel => Depth * (IsIndexed ? 1 : (IsGray ? 1 : 3) + (HasAlpha ? 1 : 0));

    public static PngHeader Read(PngChunk chunk, Canvas canvas)
    {
        if (chunk.Type != PngChunk.Header)
            throw chunk.Refuse("is the first chunk; the first must be IHDR");
        if (!chunk.IsIntact)
            throw chunk.Refuse("does not fit its CRC");

        chunk.CheckLength(13);
        var content = chunk.Content;
        var depth = content[8];
        var colorType = content[9];

        var isDepthAllowed = colorType switch
        {
            Gray => depth is 1 or 2 or 4 or 8 or 16,
            Indexed => depth is 1 or 2 or 4 or 8,
            TrueColor or GrayWithAlpha or TrueColorWithAlpha => depth is 8 or 16,
            _ => false,
        };

        if (!isDepthAllowed)
            throw chunk.Refuse($"states color type {colorType} with {depth} bits, which does not exist");
        if (content[10] != 0 || content[11] != 0 || content[12] > 1)
            throw chunk.Refuse("states a compression, filter or interlace method that does not exist");

        canvas.SetSize(BinaryPrimitives.ReadUInt32BigEndian(content), BinaryPrimitives.ReadUInt32BigEndian(content[4..]), chunk.Offset);
        return new(colorType, depth, content[12] == 1);
    }
}
