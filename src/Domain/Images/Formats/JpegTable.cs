namespace GameImages.Domain.Images.Formats;

/// <summary>A table of an upload. It is written only if a scan uses it.</summary>
internal abstract class JpegTable(Range range)
{
    public Range Range => range;

    public bool IsUsed { get; set; }

    public abstract int SpareBits { get; }

    /// <summary>The bytes of the table, which start with its class and its destination.</summary>
    public virtual ReadOnlySpan<byte> Read(ReadOnlySpan<byte> file, bool replaceSpare) => file[Range];
}

/// <summary>T.81 section B.2.4.1. An element whose coefficient is always zero changes nothing, so all elements count as spare.</summary>
internal sealed class JpegQuantizationTable(Range range, bool dropsCoefficients) : JpegTable(range)
{
    /// <summary>Whether decoders make 0 of any value of a coefficient.</summary>
    public bool DropsCoefficients => dropsCoefficients;

    public override int SpareBits => 8 * (Range.End.Value - Range.Start.Value - 1);
}

/// <summary>T.81 section B.2.4.2. Codes that no scan uses are spare.</summary>
internal sealed class JpegHuffmanDefinition(Range range) : JpegTable(range)
{
    private JpegHuffmanTable? table;
    private bool isStandard;

    public override int SpareBits => isStandard ? 0 : 8 * (table?.SpareBytes ?? 0);

    /// <summary>Builds the codes when the first scan needs them. A file can define many tables that no scan needs.</summary>
    public JpegHuffmanTable Use(ReadOnlySpan<byte> file)
    {
        if (table is null)
        {
            var definition = file[Range][1..];
            table = new(definition[..JpegHuffmanTable.CountsLength], definition[JpegHuffmanTable.CountsLength..], file[Range][0] >> 4);
            isStandard = JpegStandardTables.Contains(definition);
        }

        IsUsed = true;
        return table;
    }

    public override ReadOnlySpan<byte> Read(ReadOnlySpan<byte> file, bool replaceSpare) =>
        replaceSpare && !isStandard && table is not null
            ? (byte[])[file[Range][0], .. table.WriteUsed()]
            : file[Range];
}
