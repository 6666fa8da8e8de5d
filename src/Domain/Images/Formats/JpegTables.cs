using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.4: the tables that are defined at one point of the file. A later table replaces an earlier one.</summary>
internal sealed class JpegTables
{
    public const int Dc = 0;
    public const int Ac = 1;

    private const int Destinations = 4;

    private readonly JpegQuantizationTable?[] quantization = new JpegQuantizationTable?[Destinations];
    private readonly JpegHuffmanDefinition?[,] huffman = new JpegHuffmanDefinition?[2, Destinations];
    private readonly HashSet<JpegComponent> quantized = [];

    /// <summary>Whether the scans have coefficients that decoders do not use.</summary>
    public bool DropCoefficients { get; private set; }

    /// <summary>Reads a segment of tables.</summary>
    public JpegPart Read(JpegSegment segment)
    {
        var tables = new List<JpegTable>();
        var rest = segment.Content;

        while (!rest.IsEmpty)
        {
            var length = segment.Marker == JpegSegment.HuffmanTables ? HuffmanLength(rest) : QuantizationLength(rest);

            if (length > rest.Length)
                throw segment.Refuse("ends within a table");

            var start = segment.End - rest.Length;
            tables.Add(Define(segment, rest[..length], start..(start + length)));
            rest = rest[length..];
        }

        return new JpegTableSegment(segment.Marker, segment.Range, tables);
    }

    /// <summary>Finds the tables for the components of a scan, and marks them as used.</summary>
    public JpegHuffmanTable[] Use(int kind, int[] destinations, JpegScanHeader scan, ReadOnlySpan<byte> file)
    {
        var tables = new JpegHuffmanTable[destinations.Length];

        for (var i = 0; i < tables.Length; i++)
        {
            // Components with one table share its codes.
            var first = Array.IndexOf(destinations, destinations[i]);
            tables[i] = first < i ? tables[first] : Use(kind, destinations[i], scan, file);
        }

        return tables;
    }

    /// <summary>Marks the quantization tables of a scan as used. Decoders keep the table that a component has in its first scan.</summary>
    public void UseQuantization(JpegScanHeader scan)
    {
        foreach (var component in scan.Components)
        {
            if (!quantized.Add(component))
                continue;

            var table = component.Quantization < Destinations ? quantization[component.Quantization] : null;

            if (table is null)
                throw scan.Refuse("uses a quantization table that is not defined", scan.Offset);

            table.IsUsed = true;
            DropCoefficients |= table.DropsCoefficients;
        }
    }

    private JpegHuffmanTable Use(int kind, int destination, JpegScanHeader scan, ReadOnlySpan<byte> file)
    {
        var definition = destination < Destinations ? huffman[kind, destination] : null;
        var table = definition?.Use(file) ?? (scan.IsProgressive ? null : JpegStandardTables.Find(kind, destination));

        if (table is null)
            throw scan.Refuse("uses a Huffman table that is not defined", scan.Offset);
        if (!(kind == Dc ? table.IsValidForDc : table.Codes.IsValid))
            throw scan.Refuse("uses a malformed Huffman table", scan.Offset);

        return table;
    }

    private JpegTable Define(JpegSegment segment, ReadOnlySpan<byte> table, Range range)
    {
        var destination = table[0] & 0x0F;
        var kind = table[0] >> 4;

        if (destination >= Destinations || (segment.Marker == JpegSegment.HuffmanTables && kind > Ac))
            throw segment.Refuse("names a table that does not exist");
        if (segment.Marker == JpegSegment.QuantizationTables)
            return quantization[destination] = new(range, HasZero(table));

        var values = table.Length - 1 - JpegHuffmanTable.CountsLength;

        if (values > JpegHuffmanTable.MaxValues)
            throw segment.Refuse($"has a table of {values} values; the limit is {JpegHuffmanTable.MaxValues}");

        return huffman[kind, destination] = new(range);
    }

    // Browsers multiply by four times the element, and keep 16 bits of the product.
    private static bool HasZero(ReadOnlySpan<byte> table)
    {
        const int bitsKept = 0x3FFF;
        var elements = table[1..];

        if (table[0] >> 4 == 0)
            return elements.Contains((byte)0);

        for (; !elements.IsEmpty; elements = elements[2..])
        {
            if ((BinaryPrimitives.ReadUInt16BigEndian(elements) & bitsKept) == 0)
                return true;
        }

        return false;
    }

    // Precision (4 bits) and destination (4 bits), then 64 elements of one or two bytes each.
    private static int QuantizationLength(ReadOnlySpan<byte> table) =>
        1 + JpegComponent.Coefficients * (table[0] >> 4 == 0 ? 1 : 2);

    // Class and destination, 16 numbers of codes, then one value for each code.
    private static int HuffmanLength(ReadOnlySpan<byte> table)
    {
        const int valuesAt = 1 + JpegHuffmanTable.CountsLength;
        var length = valuesAt;

        for (var i = 1; i < Math.Min(valuesAt, table.Length); i++)
            length += table[i];

        return length;
    }
}
