namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.4: the tables that scans are decoded with, and the few other segments between them.</summary>
internal static class JpegTables
{
    /// <returns>Whether the segment belongs to the picture.</returns>
    /// <exception cref="ImageRefusedException">It is malformed, or one that no decoder knows.</exception>
    public static bool Keeps(JpegSegment segment)
    {
        switch (segment.Marker)
        {
            case JpegSegment.QuantizationTables:
                return AreTables(segment, QuantizationLength);
            case JpegSegment.HuffmanTables:
                return AreTables(segment, HuffmanLength);
            case JpegSegment.ArithmeticConditioning:
                return AreTables(segment, static _ => 2);
            case JpegSegment.RestartInterval:
                return segment.Content.Length == 2 ? true : throw segment.Refuse("has no restart interval of two bytes");
            // A number of lines is for a frame header that states none, which is refused. Restart markers and TEM mean nothing between segments.
            case JpegSegment.NumberOfLines or JpegSegment.Comment or 0x01 or (>= 0xD0 and <= 0xD7):
                return false;
            case JpegSegment.StartOfImage:
                throw segment.Refuse("starts a second image");
            default:
                throw segment.Refuse("is none of a picture");
        }
    }

    // Tables of their own lengths, one after the other, and nothing else.
    private static bool AreTables(JpegSegment segment, Func<ReadOnlySpan<byte>, int> lengthOf)
    {
        var rest = segment.Content;

        while (!rest.IsEmpty)
        {
            var length = lengthOf(rest);

            if (length > rest.Length)
                throw segment.Refuse("ends within a table");

            rest = rest[length..];
        }

        return true;
    }

    // Precision (4 bits) and destination (4 bits), then 64 elements of one or two bytes.
    private static int QuantizationLength(ReadOnlySpan<byte> table) => 1 + (table[0] >> 4 == 0 ? 64 : 128);

    // Class and destination, 16 counts of codes, and as many values.
    private static int HuffmanLength(ReadOnlySpan<byte> table)
    {
        const int valuesAt = 17;
        var length = valuesAt;

        for (var i = 1; i < Math.Min(valuesAt, table.Length); i++)
            length += table[i];

        return length;
    }
}
