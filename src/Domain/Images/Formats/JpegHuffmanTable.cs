namespace GameImages.Domain.Images.Formats;

/// <summary>A Huffman table, T.81 section B.2.4.2. It remembers which values the scans use.</summary>
internal sealed class JpegHuffmanTable
{
    public const int CountsLength = JpegHuffmanCodes.MaxLength;
    public const int MaxValues = 256;

    /// <summary>T.81 section F.1.2: images of 8 bits have no longer coefficients. Decoders drop or clip what is above.</summary>
    public const int MaxDcBits = 11;

    public const int MaxAcBits = 10;

    private readonly bool[] isUsed = new bool[MaxValues];
    private readonly byte[] counts;
    private readonly byte[] values;

    /// <param name="counts">The number of codes of each length from 1 to 16.</param>
    /// <param name="values">One value for each code.</param>
    /// <param name="kind"><see cref="JpegTables.Dc"/> or <see cref="JpegTables.Ac"/>.</param>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values, int kind)
    {
        this.counts = counts.ToArray();
        this.values = values.ToArray();
        Codes = new(this.counts, this.values, kind == JpegTables.Dc ? MaxDcBits : MaxAcBits);
    }

    public JpegHuffmanCodes Codes { get; }

    /// <summary>Whether the table may be used for DC coefficients, whose values are numbers of bits.</summary>
    public bool IsValidForDc => Codes.IsValid && values.All(value => value <= JpegHuffmanCodes.Unused);

    /// <summary>The most blocks that one code of a progressive scan can end, T.81 section G.1.2.2.</summary>
    public int LongestRun => values
        .Where(value => (value & 0x0F) == 0 && value >> 4 < JpegProgressiveScan.LongestZeros)
        .Select(value => (2 << (value >> 4)) - 1)
        .DefaultIfEmpty()
        .Max();

    /// <summary>The bytes that no scan needs, and that have not been replaced.</summary>
    public int SpareBytes
    {
        get
        {
            var used = CountUsedCodes();
            var spare = values.Where((value, i) => value != JpegHuffmanCodes.Unused && !IsUsed(i)).Count();

            // The numbers of codes that are longer than the last one that a scan uses.
            for (var length = 1; length <= CountsLength; length++)
                spare += counts[length - 1] > 0 && Codes.FirstValue(length) >= used ? 1 : 0;

            return spare;
        }
    }

    /// <returns>
    /// The numbers of codes and the values, without what no scan needs. Codes after the last used one are left out. The values of the
    /// other unused codes are replaced.
    /// </returns>
    public byte[] WriteUsed()
    {
        var used = CountUsedCodes();
        var usedCounts = counts.Select((count, i) => (byte)Math.Clamp(used - Codes.FirstValue(i + 1), 0, count));
        return [.. usedCounts, .. values.Take(used).Select((value, i) => IsUsed(i) ? value : JpegHuffmanCodes.Unused)];
    }

    /// <summary>Takes one code. Like decoders, this takes 17 bits if there is no such code, and continues with the value 0.</summary>
    public int Read(ref JpegBits bits, JpegScanHeader scan)
    {
        bits.Fill();
        var code = Codes.Find(bits.Buffer);

        bits.Drop((code & ~JpegHuffmanCodes.Redundant) >> 8);

        if (code >= JpegHuffmanCodes.Missing)
            scan.Faults.Add(scan, bits.Position);
        else
            MarkUsed(code & 0xFF);

        return code & 0xFF;
    }

    public void MarkUsed(int value) => isUsed[value] = true;

    /// <summary>The number of codes up to the last one that a scan uses.</summary>
    private int CountUsedCodes()
    {
        var used = values.Length;

        while (used > 0 && !IsUsed(used - 1))
            used--;

        return used;
    }

    private bool IsUsed(int i) => Codes.IsRedundant(i) ? Codes.IsRedundantUsed(i) : isUsed[values[i]];
}
