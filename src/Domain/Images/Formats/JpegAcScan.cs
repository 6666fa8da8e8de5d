namespace GameImages.Domain.Images.Formats;

/// <summary>The first scan of AC coefficients, T.81 section G.1.2.2. It keeps which of them are not zero, for later refinements.</summary>
internal sealed class JpegAcScan(JpegScanHeader header, JpegHuffmanTable table) : JpegProgressiveScan(header)
{
    private readonly int longestRun = table.LongestRun;
    private int block;

    // A run of blocks without further coefficients has one code, and takes no time for each block.
    public override void Walk(ref JpegBits bits, int units)
    {
        var isRefinedLater = Header.Low > 0;
        var maxBits = MaxBits(JpegHuffmanTable.MaxAcBits);

        // Whether a run that starts now could have been left out: the run before it could be longer, or sixteen zeros are before it.
        var isRedundant = false;
        var nonzero = isRefinedLater ? Header.Components[0].Nonzero : [];

        for (var end = block + units; block < end;)
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
                    run = TakeRun(ref bits, zeros, end - block, isRedundant);
                    isRedundant = run < longestRun;
                    break;
                }

                coefficient += zeros;
                bits.Skip(length);

                isRedundant = length == 0;

                if (coefficient > Header.Last || (isRedundant && coefficient == Header.Last) || length > maxBits)
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
