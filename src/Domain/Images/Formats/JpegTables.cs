namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.4: the tables that decoders need for the scans, and the few other segments between them.</summary>
internal static class JpegTables
{
    /// <returns>Whether the segment belongs to the image.</returns>
    /// <exception cref="ImageRefusedException">The segment is malformed, or no decoder knows it.</exception>
    public static bool ShouldKeep(JpegSegment segment)
    {
        switch (segment.Marker)
        {
            case JpegSegment.QuantizationTables:
                return HasWholeTables(segment, QuantizationLength);
            case JpegSegment.HuffmanTables:
                return HasWholeTables(segment, HuffmanLength);
            case JpegSegment.ArithmeticConditioning:
                return HasWholeTables(segment, static _ => 2);
            case JpegSegment.RestartInterval:
                return segment.Content.Length == 2
                    ? true
                    : throw segment.Refuse($"has {segment.Content.Length} bytes; a restart interval must have 2");
            // A number of lines is needed only if the frame header states none, and such a header is refused.
            case JpegSegment.NumberOfLines or JpegSegment.Comment:
                return false;
            // Restart markers and TEM have no meaning between segments.
            case JpegSegment.Temporary or (>= JpegSegment.FirstRestart and <= JpegSegment.LastRestart):
                return false;
            case JpegSegment.StartOfImage:
                throw segment.Refuse("starts a second image");
            default:
                throw segment.Refuse("does not belong to an image");
        }
    }

    // The segment must consist of whole tables, one after the other. Each table states its own length.
    private static bool HasWholeTables(JpegSegment segment, Func<ReadOnlySpan<byte>, int> lengthOf)
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

    // Precision (4 bits) and destination (4 bits), then 64 elements of one or two bytes each.
    private static int QuantizationLength(ReadOnlySpan<byte> table) => 1 + (table[0] >> 4 == 0 ? 64 : 128);

    // Class and destination, 16 numbers of codes, then one value for each code.
    private static int HuffmanLength(ReadOnlySpan<byte> table)
    {
        const int valuesAt = 17;
        var length = valuesAt;

        for (var i = 1; i < Math.Min(valuesAt, table.Length); i++)
            length += table[i];

        return length;
    }
}
