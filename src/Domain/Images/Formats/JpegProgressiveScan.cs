namespace GameImages.Domain.Images.Formats;

/// <summary>What the kinds of progressive scans share, T.81 annex G.</summary>
internal abstract class JpegProgressiveScan(JpegScanHeader header) : IJpegScanData
{
    /// <summary>The number of zeros in a code for sixteen zeros. Other codes with this upper half have a coefficient.</summary>
    public const int LongestZeros = 15;

    protected JpegScanHeader Header => header;

    public abstract void Walk(ref JpegBits bits, int units);

    /// <summary>The most bits that a coefficient can have in this scan.</summary>
    /// <param name="max">The most bits of a coefficient of the image.</param>
    protected int MaxBits(int max) => Math.Max(max - header.Low, 0);

    /// <summary>Counts a code that decoders forgive.</summary>
    protected void AddFault(ref JpegBits bits) => header.Faults.Add(header, bits.Position);

    /// <summary>Takes the length of a run of blocks that have no further coefficients. The run begins with the current block.</summary>
    /// <param name="isRedundant">Whether an encoder would have left out the code.</param>
    protected int TakeRun(ref JpegBits bits, int lengthBits, int blocksLeft, bool isRedundant)
    {
        var run = (1 << lengthBits) + bits.Take(lengthBits);

        if (run > blocksLeft || isRedundant)
            AddFault(ref bits);

        return Math.Min(run, blocksLeft);
    }
}
