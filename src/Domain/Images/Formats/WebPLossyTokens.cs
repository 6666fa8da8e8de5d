namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 section 13: reads the tokens of macroblocks, which stand for coefficients. No pixels are computed.</summary>
internal sealed class WebPLossyTokens
{
    private const int Dc = 8;
    private const int Contexts = 9;

    // The types of blocks, in the order of the probabilities.
    private const int LumaWithoutDc = 0;
    private const int LumaDc = 1;
    private const int Color = 2;
    private const int Luma = 3;

    private readonly WebPLossyBlocks blocks;

    // Whether the blocks above and to the left of a macroblock have coefficients: 4 of luma, 2 of each color, and the DC block.
    private readonly byte[] above;
    private readonly byte[] left = new byte[Contexts];

    public WebPLossyTokens(ushort[] tokens, int columns)
    {
        above = new byte[Contexts * columns];
        blocks = new(tokens);
    }

    public void ReadRow(ref WebPBooleanDecoder decoder, byte[] data, WebPLossyModes modes)
    {
        Array.Clear(left);

        for (var column = 0; column < modes.HasTokens.Length; column++)
        {
            if (modes.HasTokens[column])
                Read(ref decoder, data, column, modes.HasSubblocks[column]);
            else
                Skip(column, modes.HasSubblocks[column]);
        }
    }

    public int CountUnneeded() => blocks.CountUnneeded();

    private void Skip(int column, bool hasSubblocks)
    {
        var length = hasSubblocks ? Dc : Contexts;
        above.AsSpan(Contexts * column, length).Clear();
        left.AsSpan(0, length).Clear();
    }

    private void Read(ref WebPBooleanDecoder decoder, byte[] data, int column, bool hasSubblocks)
    {
        var top = above.AsSpan(Contexts * column, Contexts);

        if (!hasSubblocks)
            top[Dc] = left[Dc] = blocks.Read(ref decoder, data, LumaDc, top[Dc] + left[Dc], 0);

        ReadPlane(ref decoder, data, top, 0, 4, hasSubblocks ? Luma : LumaWithoutDc, hasSubblocks ? 0 : 1);
        ReadPlane(ref decoder, data, top, 4, 2, Color, 0);
        ReadPlane(ref decoder, data, top, 6, 2, Color, 0);
    }

    private void ReadPlane(
        ref WebPBooleanDecoder decoder, byte[] data, Span<byte> top, int start, int side, int type, int first)
    {
        for (var y = start; y < start + side; y++)
            for (var x = start; x < start + side; x++)
                top[x] = left[y] = blocks.Read(ref decoder, data, type, top[x] + left[y], first);
    }
}
