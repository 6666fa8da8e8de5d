using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 section 13: reads the tokens of macroblocks, which stand for coefficients. No pixels are computed.</summary>
internal sealed class WebPLossyTokens
{
    private const int Positions = 16;
    private const int Dc = 8;
    private const int Contexts = 9;

    // The types of blocks, in the order of the probabilities.
    private const int LumaWithoutDc = 0;
    private const int LumaDc = 1;
    private const int Color = 2;
    private const int Luma = 3;

    // The probabilities for each position, instead of each band. After the last position, no token is read.
    private readonly byte[] probabilities = new byte[WebPTokenProbabilities.Types * TypeLength];

    // Whether the blocks above and to the left of a macroblock have coefficients: 4 of luma, 2 of each color, and the DC block.
    private readonly byte[] above;
    private readonly byte[] left = new byte[Contexts];

    public WebPLossyTokens(byte[] tokens, int columns)
    {
        above = new byte[Contexts * columns];

        for (var type = 0; type < WebPTokenProbabilities.Types; type++)
            for (var position = 0; position < Positions; position++)
            {
                var band = type * WebPTokenProbabilities.Bands + WebPTokenProbabilities.BandOf[position];
                tokens.AsSpan(band * PositionLength, PositionLength)
                    .CopyTo(probabilities.AsSpan(type * TypeLength + position * PositionLength));
            }
    }

    private static int PositionLength => WebPTokenProbabilities.Contexts * WebPTokenProbabilities.Count;

    private static int TypeLength => (Positions + 1) * PositionLength;

    // The probabilities of the bits of the tokens for large numbers, and the numbers of these bits: section 13.2.
    private static ReadOnlySpan<byte> LargeBits =>
        [159, 165, 145, 173, 148, 140, 176, 155, 140, 135, 180, 157, 141, 134, 130, 254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129];

    private static ReadOnlySpan<byte> LargeStarts => [0, 1, 3, 6, 10, 15, 26];

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
            top[Dc] = left[Dc] = ReadBlock(ref decoder, data, LumaDc, top[Dc] + left[Dc], 0);

        ReadPlane(ref decoder, data, top, 0, 4, hasSubblocks ? Luma : LumaWithoutDc, hasSubblocks ? 0 : 1);
        ReadPlane(ref decoder, data, top, 4, 2, Color, 0);
        ReadPlane(ref decoder, data, top, 6, 2, Color, 0);
    }

    private void ReadPlane(
        ref WebPBooleanDecoder decoder, byte[] data, Span<byte> top, int start, int blocks, int type, int first)
    {
        for (var y = start; y < start + blocks; y++)
            for (var x = start; x < start + blocks; x++)
                top[x] = left[y] = ReadBlock(ref decoder, data, type, top[x] + left[y], first);
    }

    /// <returns>1 if the block has coefficients, else 0.</returns>
    private byte ReadBlock(ref WebPBooleanDecoder decoder, byte[] data, int type, int context, int first)
    {
        var local = decoder;
        var ofType = probabilities.AsSpan(type * TypeLength, TypeLength);
        var position = first;
        var chances = ofType.Slice(position * PositionLength + context * WebPTokenProbabilities.Count, WebPTokenProbabilities.Count);

        while (position < Positions && local.Read(data, chances[0]))
        {
            while (!local.Read(data, chances[1]))
            {
                if (++position == Positions)
                    goto end;

                chances = ofType.Slice(position * PositionLength, WebPTokenProbabilities.Count);
            }

            position++;
            var isLarge = local.Read(data, chances[2]);

            if (isLarge)
                SkipLarge(ref local, data, chances);

            // The sign.
            local.ReadBit(data, 128);
            var next = position * PositionLength + (isLarge ? 2 : 1) * WebPTokenProbabilities.Count;
            chances = ofType.Slice(next, WebPTokenProbabilities.Count);
        }

    end:
        decoder = local;
        return position > first ? (byte)1 : (byte)0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SkipLarge(ref WebPBooleanDecoder decoder, byte[] data, ReadOnlySpan<byte> chances)
    {
        if (!decoder.Read(data, chances[3]))
        {
            if (decoder.Read(data, chances[4]))
                decoder.ReadBit(data, chances[5]);
        }
        else
        {
            var category = 0;

            if (decoder.Read(data, chances[6]))
            {
                var high = decoder.ReadBit(data, chances[8]);
                category = 2 + 2 * high + decoder.ReadBit(data, chances[9 + high]);
            }
            else
            {
                category = decoder.ReadBit(data, chances[7]);
            }

            foreach (var probability in LargeBits[LargeStarts[category]..LargeStarts[category + 1]])
                decoder.ReadBit(data, probability);
        }
    }
}
