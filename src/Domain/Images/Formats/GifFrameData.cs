namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a section 22: the code size and the codes of a frame.</summary>
internal sealed class GifFrameData
{
    private const int MaxBlockLength = 255;

    private readonly GifBlocks blocks = new();
    private readonly GifCodes codes = new();
    private readonly byte[] indexes = new byte[256];
    private GifPixels? pixels;
    private GifDescriptor frame;
    private byte codeSize;

    // All frames of a file have sub-blocks of one length, so that no data can be hidden in their lengths.
    private int blockLength;

    /// <summary>Decoders show nothing of a frame without pixels, but they show it as long as any other.</summary>
    public bool HasPixels => frame.Width > 0 && frame.Height > 0 && codes.HasPixels;

    /// <summary>The colors that the pixels have.</summary>
    public bool[] Used => codes.Used;

    /// <summary>The code size and the codes in the upload.</summary>
    public Range Range { get; private set; }

    public void Read(ref ByteReader input, GifDescriptor descriptor)
    {
        frame = descriptor;
        var start = input.Position;
        codeSize = input.TakeByte("the code size of a frame");

        if (codeSize is < 1 or > 8)
            throw ImageRefusedException.Malformed($"The code size of a frame is {codeSize}; it must be 1 to 8", start);

        var count = (long)frame.Width * frame.Height;

        if (count > Array.MaxLength)
            throw ImageRefusedException.Malformed($"A frame has {count} pixels; it must have at most {Array.MaxLength}", start);

        blocks.Read(ref input);
        Range = start..input.Position;

        // If a frame has rows without columns, decoders read all its codes, and find no end of the pixels.
        var isEndless = frame.Width == 0 && frame.Height > 0;
        codes.Read(codeSize, blocks.PaddedData, blocks.Data.Length, isEndless ? long.MaxValue : count);

        if (codes.IsInvalid || (HasPixels && !codes.IsComplete))
            throw ImageRefusedException.Malformed("The data of a frame has invalid LZW codes, or too few for its pixels", input.Position);
        if (!HasPixels && !blocks.IsClosed)
            throw ImageRefusedException.Malformed("The file ends within the data of a frame", input.Position);

        if (blockLength == 0 && blocks.BlockLength > 0)
            blockLength = blocks.HasOnly(blocks.BlockLength) ? blocks.BlockLength : MaxBlockLength;
    }

    /// <param name="visible">The part of the frame that is in the image.</param>
    /// <returns>The code size and the codes of the visible part; null if they are those of the upload, or if there are none.</returns>
    public byte[]? Clean(ImageSize visible, ReadOnlySpan<byte> colors, int transparent, GifSlack slack)
    {
        if (!HasPixels)
            return null;

        var hasEqual = GifColors.FindEqual(colors, Used, transparent, indexes);

        if (visible != new ImageSize(frame.Width, frame.Height) || hasEqual || !slack.Allows(codes.Slack + CodeSizeSlack(colors)))
        {
            var cleanSize = CodeSizeOf(colors, indexes);
            var encoded = Encode(visible, cleanSize);
            codeSize = cleanSize;
            return Write(encoded);
        }

        if (blocks.EndAt(codes.End, codes.EndCode, codes.EndBits) || !blocks.HasOnly(blockLength))
            return Write(blocks.Data);

        return null;
    }

    private ReadOnlySpan<byte> Encode(ImageSize visible, byte cleanSize)
    {
        pixels ??= new();
        return pixels.Encode(codeSize, blocks.PaddedData, blocks.Data.Length, frame, visible, indexes, Used, cleanSize);
    }

    // Encoders take the code size of the color table, or that of the highest color that occurs.
    private int CodeSizeSlack(ReadOnlySpan<byte> colors) =>
        codeSize == CodeSizeOf(colors, []) || codeSize == CodeSizeOf([], indexes) ? 0 : 1;

    /// <returns>The bits of the color table and of the used colors, but at least 2.</returns>
    private byte CodeSizeOf(ReadOnlySpan<byte> colors, ReadOnlySpan<byte> indexes)
    {
        var highest = Math.Max(3, colors.Length / 3 - 1);

        for (var color = 0; color < indexes.Length; color++)
        {
            if (Used[color])
                highest = Math.Max(highest, indexes[color]);
        }

        return (byte)(int.Log2(highest) + 1);
    }

    private byte[] Write(ReadOnlySpan<byte> data)
    {
        if (blockLength == 0 && data.Length > MaxBlockLength)
            blockLength = MaxBlockLength;

        return GifBlocks.Write(codeSize, data, blockLength == 0 ? MaxBlockLength : blockLength);
    }
}
