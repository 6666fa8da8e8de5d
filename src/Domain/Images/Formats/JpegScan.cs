using System.Buffers;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// A scan: its header, and its data up to the end of the last code. Bytes between the last code and the next marker are left out.
/// </summary>
internal sealed class JpegScan : JpegPart
{
    private readonly Range header;
    private readonly List<JpegEdit> edits = [];
    private readonly int dataStart;
    private int dataEnd;

    private JpegScan(Range header)
    {
        this.header = header;
        dataStart = header.End.Value;
    }

    public bool HasMarkers { get; private set; }

    /// <summary>The length of the data in bytes.</summary>
    public int Length => dataEnd - dataStart;

    public override int SpareBits => edits.Sum(edit => edit.Padding);

    /// <param name="interval">The number of units between restart markers; 0 if there are none.</param>
    /// <exception cref="ImageRefusedException">The data ends too early, or has a code that does not exist.</exception>
    public static JpegScan Walk(JpegSegment segment, ref ByteReader input, JpegFrame frame, JpegTables tables, int interval)
    {
        var header = JpegScanHeader.Read(segment, frame);
        tables.UseQuantization(header);
        var data = Prepare(header, frame, tables, input.All);
        var scan = new JpegScan(segment.Range);
        var units = header.IsInterleaved ? frame.UnitColumns * frame.UnitRows : header.Components[0].Blocks;
        var length = interval == 0 ? units : interval;

        var buffer = ArrayPool<byte>.Shared.Rent(input.Rest.Length + JpegBits.Padding);

        try
        {
            for (var done = 0; done < units; done += length)
            {
                var bits = new JpegBits(input.All, input.Position, buffer);
                data.Walk(ref bits, Math.Min(length, units - done));
                scan.dataEnd = bits.FindEnd(out var padding, out var isPaddedWithOnes);
                input.Take(scan.dataEnd - input.Position, "a scan");

                if (!isPaddedWithOnes)
                    scan.edits.Add(new(scan.dataEnd - 1, scan.dataEnd, padding));
                if (done + length < units)
                    scan.TakeRestart(ref input, done / length, header);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return scan;
    }

    public override void Write(ReadOnlySpan<byte> file, CleanCopy output, bool replaceSpare)
    {
        var at = dataStart;
        output.Append(file[header]);

        foreach (var edit in edits)
        {
            if (edit.Padding > 0 && !replaceSpare)
                continue;

            output.Append(file[at..edit.Start]);
            output.Append(edit.Apply(file));
            at = edit.End;
        }

        output.Append(file[at..dataEnd]);
    }

    private static IJpegScanData Prepare(JpegScanHeader header, JpegFrame frame, JpegTables tables, ReadOnlySpan<byte> file)
    {
        if (!frame.IsProgressive)
        {
            return new JpegSequentialScan(
                header,
                tables.Use(JpegTables.Dc, header.DcTables, header, file),
                tables.Use(JpegTables.Ac, header.AcTables, header, file));
        }

        if (header.First == 0)
            return new JpegDcScan(header, header.High == 0 ? tables.Use(JpegTables.Dc, header.DcTables, header, file) : []);

        var table = tables.Use(JpegTables.Ac, header.AcTables, header, file)[0];
        return header.High == 0 ? new JpegAcScan(header, table) : new JpegAcRefinement(header, table);
    }

    // The markers count from 0 to 7 again and again. Like decoders, this skips bytes before the marker.
    private void TakeRestart(ref ByteReader input, int number, JpegScanHeader header)
    {
        var start = input.Position;
        var marker = JpegSegment.TakeNextMarker(ref input);

        if (marker != JpegSegment.FirstRestart + number % 8)
            throw header.Refuse($"has the marker FF{marker:X2} instead of restart marker {number % 8}", input.Position - 2);

        HasMarkers = true;

        if (input.Position - 2 > start)
            edits.Add(new(start, input.Position - 2));
    }
}
