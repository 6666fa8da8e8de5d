using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 sections 13.2 and 13.3: reads the tokens of blocks of 4 x 4 coefficients.</summary>
internal sealed class WebPLossyBlocks
{
    private const int Positions = 16;
    private const int PositionLength = WebPTokenProbabilities.Contexts * WebPTokenProbabilities.Count;
    private const int TypeLength = (Positions + 1) * PositionLength;

    // The probabilities for each position, instead of each band. After the last position, no token is read. A use removes the mark.
    private readonly ushort[] probabilities = new ushort[WebPTokenProbabilities.Types * TypeLength];

    /// <param name="tokens">As in <see cref="WebPLossyHeader.Tokens"/>.</param>
    public WebPLossyBlocks(ushort[] tokens)
    {
        for (var type = 0; type < WebPTokenProbabilities.Types; type++)
            for (var position = 0; position < Positions; position++)
                tokens.AsSpan(BandStart(type, position), PositionLength)
                    .CopyTo(probabilities.AsSpan(type * TypeLength + position * PositionLength));
    }

    // The probabilities of the bits of the tokens for large numbers, and the numbers of these bits: section 13.2.
    private static ReadOnlySpan<byte> LargeBits =>
        [159, 165, 145, 173, 148, 140, 176, 155, 140, 135, 180, 157, 141, 134, 130, 254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129];

    private static ReadOnlySpan<byte> LargeStarts => [0, 1, 3, 6, 10, 15, 26];

    /// <summary>The number of probabilities that the image changes, and that no token needs.</summary>
    public int CountUnneeded()
    {
        var needed = new bool[WebPTokenProbabilities.Types * WebPTokenProbabilities.Bands * PositionLength];

        for (var i = 0; i < probabilities.Length; i++)
        {
            var (position, inPosition) = Math.DivRem(i % TypeLength, PositionLength);

            if (position < Positions && probabilities[i] < WebPTokenProbabilities.Changed)
                needed[BandStart(i / TypeLength, position) + inPosition] = true;
        }

        return needed.AsSpan().Count(false);
    }

    /// <returns>1 if the block has coefficients, else 0.</returns>
    public byte Read(ref WebPBooleanDecoder decoder, byte[] data, int type, int context, int first)
    {
        var local = decoder;
        var ofType = probabilities.AsSpan(type * TypeLength, TypeLength);
        var position = first;
        var chances = ofType.Slice(position * PositionLength + context * WebPTokenProbabilities.Count, WebPTokenProbabilities.Count);

        while (position < Positions && Read(ref local, data, chances, 0))
        {
            var isZero = !Read(ref local, data, chances, 1);

            while (isZero && ++position < Positions)
            {
                chances = ofType.Slice(position * PositionLength, WebPTokenProbabilities.Count);
                isZero = !Read(ref local, data, chances, 1);
            }

            if (isZero)
                break;

            position++;
            var isLarge = Read(ref local, data, chances, 2);

            if (isLarge)
                SkipLarge(ref local, data, chances);

            // The sign.
            local.ReadBit(data, 128);
            var next = position * PositionLength + (isLarge ? 2 : 1) * WebPTokenProbabilities.Count;
            chances = ofType.Slice(next, WebPTokenProbabilities.Count);
        }

        decoder = local;
        return position > first ? (byte)1 : (byte)0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Read(ref WebPBooleanDecoder decoder, byte[] data, Span<ushort> chances, int index)
    {
        var probability = (byte)chances[index];
        chances[index] = probability;
        return decoder.Read(data, probability);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SkipLarge(ref WebPBooleanDecoder decoder, byte[] data, Span<ushort> chances)
    {
        if (!Read(ref decoder, data, chances, 3))
        {
            if (Read(ref decoder, data, chances, 4))
                Read(ref decoder, data, chances, 5);
        }
        else
        {
            int category;

            if (Read(ref decoder, data, chances, 6))
            {
                var high = Read(ref decoder, data, chances, 8) ? 1 : 0;
                category = 2 + 2 * high + (Read(ref decoder, data, chances, 9 + high) ? 1 : 0);
            }
            else
            {
                category = Read(ref decoder, data, chances, 7) ? 1 : 0;
            }

            foreach (var probability in LargeBits[LargeStarts[category]..LargeStarts[category + 1]])
                decoder.ReadBit(data, probability);
        }
    }

    private static int BandStart(int type, int position) =>
        (type * WebPTokenProbabilities.Bands + WebPTokenProbabilities.BandOf[position]) * PositionLength;
}
