using System.Numerics;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// A refinement of AC coefficients, T.81 section G.1.2.3. It has one more bit for each coefficient that is not zero already, and codes for
/// those that it makes nonzero.
/// </summary>
internal sealed class JpegAcRefinement(JpegScanHeader header, JpegHuffmanTable table) : JpegProgressiveScan(header)
{
    private readonly ulong band =
        ulong.MaxValue << header.First & ulong.MaxValue >> (JpegComponent.Coefficients - 1 - header.Last);

    private int block;

    public override void Walk(ref JpegBits bits, int units)
    {
        var nonzero = Header.Components[0].Nonzero;
        var run = 0;

        for (var end = block + units; block < end; block++)
        {
            var rest = band;
            var added = 0UL;

            while (run == 0 && rest != 0)
            {
                var value = table.Read(ref bits, Header);
                var zeros = value >> 4;
                var length = value & 0x0F;

                if (length == 0 && zeros < LongestZeros)
                    run = TakeRun(ref bits, zeros, end - block);
                else
                    added |= TakeCoefficient(ref bits, zeros, length, nonzero[block], ref rest);
            }

            if (run > 0)
            {
                bits.Skip(BitOperations.PopCount(nonzero[block] & rest));
                run--;
            }

            nonzero[block] |= added;
            CheckEnd(ref bits);
        }
    }

    /// <summary>Takes the bits up to the coefficient after this many zeros. Coefficients that are not zero already do not count.</summary>
    /// <param name="rest">The coefficients that are left in the block, as bits.</param>
    /// <returns>The coefficient that is no longer zero, as a bit.</returns>
    private ulong TakeCoefficient(ref JpegBits bits, int zeros, int length, ulong nonzero, ref ulong rest)
    {
        var candidates = rest & ~nonzero;

        for (; zeros > 0; zeros--)
            candidates &= candidates - 1;

        if (length > 1 || candidates == 0)
            AddFault(ref bits);

        // Without enough zeros, decoders take the coefficient after the last one.
        var taken = candidates != 0 ? candidates & (~candidates + 1) : 1UL << Math.Min(Header.Last + 1, JpegComponent.Coefficients - 1);
        var passed = candidates != 0 ? rest & ((taken << 1) - 1) : rest;
        bits.Skip(Math.Min(length, 1));
        bits.Skip(BitOperations.PopCount(nonzero & passed));
        rest &= ~passed;
        return length > 0 ? taken : 0;
    }
}
