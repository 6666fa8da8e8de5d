using System.Numerics;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// A refinement of AC coefficients, T.81 section G.1.2.3. It has one more bit for each coefficient that is not zero already, and codes for
/// those that it makes nonzero.
/// </summary>
internal sealed class JpegAcRefinement(JpegScanHeader header, JpegHuffmanTable table) : JpegProgressiveScan(header)
{
    // libjpeg ends a run when its blocks have more of these bits. It keeps up to 1000, and a block may have 63.
    private const int MaxRunBits = 937;

    // jpegli ends a run before the block that would give it more of these bits.
    private const int ShortRunBits = 255;

    private readonly ulong band =
        ulong.MaxValue << header.First & ulong.MaxValue >> (JpegComponent.Coefficients - 1 - header.Last);

    private readonly int longestRun = table.LongestRun;
    private int block;
    private bool hasLongRuns;
    private bool exceedsShortRuns;

    public override void Walk(ref JpegBits bits, int units)
    {
        var nonzero = Header.Components[0].Nonzero;
        var run = 0;
        var runLength = 0;
        var runBits = 0;

        // Whether a run that starts now could have been left out: the run before it could be longer, or sixteen zeros are before it.
        var isRedundant = false;

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
                {
                    // With this block, the run before it would have more bits than an encoder with short runs allows.
                    var needsRun = rest == band && !exceedsShortRuns
                        && runBits + BitOperations.PopCount(nonzero[block] & rest) > ShortRunBits;
                    run = TakeRun(ref bits, zeros, end - block, isRedundant && !needsRun);
                    runLength = run;
                    runBits = 0;
                }
                else
                {
                    added |= TakeCoefficient(ref bits, zeros, length, nonzero[block], ref rest);
                    isRedundant = length == 0;
                }
            }

            if (run > 0)
            {
                var length = BitOperations.PopCount(nonzero[block] & rest);
                bits.Skip(length);
                isRedundant = runLength < longestRun && (hasLongRuns || runBits + length <= MaxRunBits);
                hasLongRuns |= runBits > MaxRunBits;
                runBits += length;
                exceedsShortRuns |= runBits > ShortRunBits;
                run--;
            }
            else if (isRedundant)
                AddFault(ref bits);

            nonzero[block] |= added;
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
