using System.Numerics;

namespace GameImages.Domain.Images.Formats;

/// <summary>Walks over the codes of a progressive scan, T.81 section G.1.2 and G.2, and keeps which coefficients are not zero.</summary>
internal sealed class JpegProgressiveScan : IJpegScanData
{
    private const int LongestZeros = 15;

    private readonly JpegScanHeader header;

    // One for each block of a unit. A refinement of DC coefficients has no codes, and so no tables.
    private readonly JpegHuffmanTable[] tables;
    private readonly int unitBlocks;
    private int nextBlock;

    /// <param name="tables">One for each component of the scan; none if the scan has no codes.</param>
    public JpegProgressiveScan(JpegScanHeader header, JpegHuffmanTable[] tables)
    {
        this.header = header;
        this.tables = [.. tables.SelectMany((table, i) => Enumerable.Repeat(table, header.UnitBlocks(i)))];
        unitBlocks = Enumerable.Range(0, header.Components.Count).Sum(header.UnitBlocks);
    }

    public void Walk(ref JpegBits bits, int units)
    {
        if (header.First > 0 && header.High == 0)
            WalkFirstAc(ref bits, nextBlock + units);
        else if (header.First > 0)
            RefineAc(ref bits, nextBlock + units);
        else if (header.High == 0)
            WalkFirstDc(ref bits, units);
        else
            RefineDc(ref bits, units);

        Check(ref bits);
        nextBlock += units;
    }

    public void Finish()
    {
    }

    private void WalkFirstDc(ref JpegBits bits, int units)
    {
        for (; units > 0; units--)
        {
            foreach (var table in tables)
                bits.Skip(Read(ref bits, table));

            Check(ref bits);
        }
    }

    private void RefineDc(ref JpegBits bits, int units)
    {
        for (; units > 0; units--)
        {
            bits.Skip(unitBlocks);
            Check(ref bits);
        }
    }

    // Section G.1.2.2. A run of blocks without further coefficients has one code, so it takes no time for each block.
    private void WalkFirstAc(ref JpegBits bits, int end)
    {
        var keepNonzero = header.Low > 0;
        var nonzero = keepNonzero ? header.Components[0].Nonzero : [];
        var table = tables[0];

        for (var block = nextBlock; block < end; block++)
        {
            for (var coefficient = header.First; coefficient <= header.Last; coefficient++)
            {
                var value = Read(ref bits, table);
                var zeros = value >> 4;
                var length = value & 0x0F;

                if (length == 0 && zeros < LongestZeros)
                {
                    block += TakeRun(ref bits, zeros, end - block) - 1;
                    break;
                }

                coefficient += zeros;
                bits.Skip(length);

                if (coefficient > header.Last)
                    throw header.Refuse("has a coefficient beyond the last one", bits.Position);
                if (keepNonzero && length > 0)
                    nonzero[block] |= 1UL << coefficient;
            }

            Check(ref bits);
        }
    }

    // Section G.1.2.3. Each coefficient that earlier scans made nonzero has one more bit when the walk passes it.
    private void RefineAc(ref JpegBits bits, int end)
    {
        var nonzero = header.Components[0].Nonzero;
        var table = tables[0];
        var band = ulong.MaxValue << header.First & ulong.MaxValue >> (JpegComponent.Coefficients - 1 - header.Last);
        var run = 0;

        for (var block = nextBlock; block < end; block++)
        {
            var rest = band;
            var added = 0UL;

            while (run == 0 && rest != 0)
            {
                var value = Read(ref bits, table);
                var zeros = value >> 4;
                var length = value & 0x0F;

                if (length == 0 && zeros < LongestZeros)
                {
                    run = TakeRun(ref bits, zeros, end - block);
                    break;
                }

                if (length > 1)
                    throw header.Refuse("refines a coefficient by more than one bit", bits.Position);

                bits.Skip(length);
                var next = SkipZeros(rest & ~nonzero[block], zeros);
                var upToNext = next == 0 ? rest : rest & ((next << 1) - 1);
                bits.Skip(BitOperations.PopCount(nonzero[block] & upToNext));
                rest &= ~upToNext;

                if (next == 0)
                    throw header.Refuse("has a coefficient beyond the last one", bits.Position);
                if (length > 0)
                    added |= next;
            }

            if (run > 0)
            {
                bits.Skip(BitOperations.PopCount(nonzero[block] & rest));
                run--;
            }

            nonzero[block] |= added;
            Check(ref bits);
        }
    }

    /// <returns>The coefficient after this many zeros, as a bit; 0 if there is none.</returns>
    private static ulong SkipZeros(ulong zeros, int count)
    {
        for (; count > 0; count--)
            zeros &= zeros - 1;

        return zeros & (~zeros + 1);
    }

    /// <summary>Takes the length of a run of blocks. The run begins with the current block.</summary>
    private int TakeRun(ref JpegBits bits, int lengthBits, int blocksLeft)
    {
        var run = (1 << lengthBits) + bits.Take(lengthBits);
        return run <= blocksLeft ? run : throw header.Refuse("has a run of blocks that is longer than the scan", bits.Position);
    }

    private int Read(ref JpegBits bits, JpegHuffmanTable table) =>
        table.Read(ref bits) ?? throw header.Refuse("has a code that does not exist", bits.Position);

    private void Check(ref JpegBits bits)
    {
        if (bits.IsExhausted)
            throw header.Refuse("ends before its last block", bits.Position);
    }
}
