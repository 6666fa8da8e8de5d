namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 sections 10 and 11: the modes of the macroblocks of a row, which the first partition holds.</summary>
internal sealed class WebPLossyModes(WebPLossyHeader header, int columns)
{
    private const int Blocks = 4;

    private readonly byte[] above = new byte[Blocks * columns];
    private readonly byte[] left = new byte[Blocks];

    /// <summary>Whether each block of 4 x 4 pixels of a macroblock has its own prediction.</summary>
    public bool[] HasSubblocks { get; } = new bool[columns];

    public bool[] HasTokens { get; } = new bool[columns];

    public void ReadRow(ref WebPBooleanDecoder decoder, byte[] data)
    {
        Array.Fill(left, WebPSubblockModes.Dc);
        var local = decoder;

        for (var column = 0; column < columns; column++)
            Read(ref local, data, column);

        decoder = local;
    }

    private void Read(ref WebPBooleanDecoder decoder, byte[] data, int column)
    {
        if (header.SegmentTree is { } tree)
            decoder.ReadBit(data, tree[1 + decoder.ReadBit(data, tree[0])]);

        HasTokens[column] = header.HasTokens is not { } probability || !decoder.Read(data, probability);
        HasSubblocks[column] = !decoder.Read(data, 145);
        var top = above.AsSpan(Blocks * column, Blocks);

        if (HasSubblocks[column])
        {
            ReadSubblocks(ref decoder, data, top);
        }
        else
        {
            var mode = ReadMode(ref decoder, data);
            top.Fill(mode);
            Array.Fill(left, mode);
        }

        SkipColorMode(ref decoder, data);
    }

    private void ReadSubblocks(ref WebPBooleanDecoder decoder, byte[] data, Span<byte> top)
    {
        for (var y = 0; y < Blocks; y++)
        {
            for (var x = 0; x < Blocks; x++)
                top[x] = left[y] = WebPSubblockModes.Read(ref decoder, data, top[x], left[y]);
        }
    }

    private static byte ReadMode(ref WebPBooleanDecoder decoder, byte[] data)
    {
        if (decoder.Read(data, 156))
            return decoder.Read(data, 128) ? WebPSubblockModes.TrueMotion : WebPSubblockModes.Horizontal;

        return decoder.Read(data, 163) ? WebPSubblockModes.Vertical : WebPSubblockModes.Dc;
    }

    private static void SkipColorMode(ref WebPBooleanDecoder decoder, byte[] data)
    {
        if (decoder.Read(data, 142) && decoder.Read(data, 114))
            decoder.ReadBit(data, 183);
    }
}
