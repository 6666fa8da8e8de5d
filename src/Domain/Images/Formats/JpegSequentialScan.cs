namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Walks over the codes of a sequential scan, T.81 section F.2.2, without keeping coefficients. Each block has one code for DC and then
/// codes for AC.
/// </summary>
internal sealed class JpegSequentialScan : IJpegScanData
{
    private const int LastPair = JpegComponent.Coefficients - 16;

    private readonly JpegScanHeader header;
    private readonly (JpegSteps Dc, JpegSteps Ac)[] blocks;

    /// <param name="dcTables">One for each component of the scan.</param>
    /// <param name="acTables">One for each component of the scan.</param>
    public JpegSequentialScan(JpegScanHeader header, JpegHuffmanTable[] dcTables, JpegHuffmanTable[] acTables)
    {
        this.header = header;
        var dcSteps = dcTables.Distinct().ToDictionary(table => table, table => new JpegSteps(table, header, isDc: true));
        var acSteps = acTables.Distinct().ToDictionary(table => table, table => new JpegSteps(table, header, isDc: false));
        blocks =
        [
            .. Enumerable.Range(0, dcTables.Length).SelectMany(i =>
                Enumerable.Repeat((dcSteps[dcTables[i]], acSteps[acTables[i]]), header.UnitBlocks(i))),
        ];
    }

    public void Walk(ref JpegBits bits, int units)
    {
        for (; units > 0; units--)
        {
            foreach (var (dc, ac) in blocks)
                WalkBlock(ref bits, dc, ac);

            if (bits.IsExhausted)
                throw header.Refuse("ends before its last block", bits.Position);
        }
    }

    public void Finish()
    {
        foreach (var (dc, ac) in blocks)
        {
            dc.MarkUsed();
            ac.MarkUsed();
        }
    }

    private void WalkBlock(ref JpegBits bits, JpegSteps dc, JpegSteps ac)
    {
        bits.Fill();

        // The processor keeps local variables in registers.
        var buffer = bits.Buffer;
        var count = bits.Count;
        var step = dc.Find(buffer);
        var coefficient = 1;
        var before = 0;

        while (true)
        {
            var length = step & JpegSteps.BitsMask;
            buffer <<= length;
            count -= length;
            coefficient += (step >> JpegSteps.CoefficientsShift) & JpegSteps.CoefficientsMask;

            if (coefficient >= JpegComponent.Coefficients)
                break;

            if (count < JpegBits.Filled)
            {
                bits.Buffer = buffer;
                bits.Count = count;
                bits.Refill();
                buffer = bits.Buffer;
                count = bits.Count;
            }

            before = step;
            step = coefficient < LastPair ? ac.FindPair(buffer) : ac.Find(buffer);
        }

        bits.Buffer = buffer;
        bits.Count = count;

        // Sixteen zeros directly before the end of a block change nothing.
        var isEnd = coefficient >= JpegSteps.EndOfBlock;
        var isOnlyEnd = ((step >> JpegSteps.CoefficientsShift) & JpegSteps.CoefficientsMask) == JpegSteps.EndOfBlock;
        var faults = (step & (JpegSteps.Fault | JpegSteps.ZeroRun)) | (isOnlyEnd ? before & JpegSteps.ZeroRun : 0);

        if (faults != 0 || !(isEnd || coefficient == JpegComponent.Coefficients))
            header.Faults.Add(header, bits.Position);
    }
}
