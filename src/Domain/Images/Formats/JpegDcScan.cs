namespace GameImages.Domain.Images.Formats;

/// <summary>The first scan of DC coefficients, T.81 section G.1.2.1, or a refinement of them with one bit for each block.</summary>
internal sealed class JpegDcScan : JpegProgressiveScan
{
    // One for each block of a unit.
    private readonly JpegHuffmanTable[] tables;
    private readonly int unitBlocks;

    /// <param name="tables">One for each component of the scan; none for a refinement, which has no codes.</param>
    public JpegDcScan(JpegScanHeader header, JpegHuffmanTable[] tables)
        : base(header)
    {
        this.tables = [.. tables.SelectMany((table, i) => Enumerable.Repeat(table, header.UnitBlocks(i)))];
        unitBlocks = Enumerable.Range(0, header.Components.Count).Sum(header.UnitBlocks);
    }

    public override void Walk(ref JpegBits bits, int units)
    {
        for (; units > 0; units--)
        {
            if (Header.High > 0)
                bits.Skip(unitBlocks);

            foreach (var table in tables)
            {
                var length = table.Read(ref bits, Header) & 0x0F;
                bits.Skip(length);

                if (length > MaxBits(JpegHuffmanTable.MaxDcBits))
                    AddFault(ref bits);
            }
        }
    }
}
