namespace GameImages.Domain.Images.Formats;

/// <summary>The first scan of AC coefficients, T.81 section G.1.2.2. It keeps which of them are not zero, for later refinements.</summary>
internal sealed class JpegAcScan(JpegScanHeader header, JpegHuffmanTable table) : JpegProgressiveScan(header)
{
    private int block;

    // A run of blocks without further coefficients has one code, and takes no time for each block.
    public override void Walk(ref JpegBits bits, int units)
    {
        var isRefinedLater = Header.Low > 0;
        var nonzero = isRefinedLater ? Header.Components[0].Nonzero : [];

        for (var end = block + units; block < end; CheckEnd(ref bits))
        {
            var added = 0UL;
            var run = 1;

            for (var coefficient = Header.First; coefficient <= Header.Last; coefficient++)
            {
                var value = table.Read(ref bits, Header);
                var zeros = value >> 4;
                var length = value & 0x0F;

                if (length == 0 && zeros < LongestZeros)
                {
                    run = TakeRun(ref bits, zeros, end - block);
                    break;
                }

                coefficient += zeros;
                bits.Skip(length);

                if (coefficient > Header.Last)
                    AddFault(ref bits);
                if (length > 0)
                    added |= 1UL << Math.Min(coefficient, JpegComponent.Coefficients - 1);
            }

            if (isRefinedLater)
                nonzero[block] |= added;

            block += run;
        }
    }
}
