namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The parts of the image that are written, in their order. Whether a table is needed is known only after the scans, so all parts are
/// written at the end.
/// </summary>
internal sealed class JpegImage
{
    /// <summary>Browsers show no image with more scans. For each one, a decoder goes over all pixels again.</summary>
    public const int MaxScans = 99;

    // A file can hide up to this many bytes where they do not change the look. Files of cameras stay as they are: most have 64 spare bytes
    // in each quantization table, and some have Huffman tables with unused values.
    private const int MaxSpareBits = 8 * 600;

    // The scans of an image whose quantization tables have zeros may have this many bytes. Coefficients that are multiplied by zero could
    // hide anything.
    private const int MaxDroppedBytes = 1000;

    private readonly List<JpegPart> parts = [];
    private readonly JpegTables tables = new();
    private JpegRestartInterval? interval;
    private JpegFrame? frame;
    private int scans;

    public bool HasScans => scans > 0;

    public bool IsComplete { get; private set; }

    /// <summary>Whether browsers show the image if its end marker is here.</summary>
    public bool IsShown => HasScans && (!frame!.IsProgressive || frame.IsStarted);

    /// <summary>Whether decoders read no further marker.</summary>
    public bool IsFinished => IsComplete && !frame!.IsProgressive && scans == 1;

    public void Add(JpegPart part) => parts.Add(part);

    public void AddFrame(JpegSegment segment, Canvas canvas)
    {
        frame = frame is null ? JpegFrame.Read(segment, canvas) : throw segment.Refuse("starts a second frame");
        Add(new JpegRange(segment.Range));
    }

    public void AddScan(JpegSegment segment, ref ByteReader input)
    {
        if (frame is null)
            throw segment.Refuse("comes before the frame header");
        if (++scans > MaxScans)
            throw segment.Refuse($"starts scan {scans}; the limit is {MaxScans} scans");

        var scan = JpegScan.Walk(segment, ref input, frame, tables, interval?.Units ?? 0);
        Add(scan);

        if (interval is not null)
        {
            interval.IsUsed = true;
            interval.HasMarkers |= scan.HasMarkers;
        }

        IsComplete = frame.IsComplete;

        if (tables.DropCoefficients && parts.OfType<JpegScan>().Sum(part => part.Length) > MaxDroppedBytes)
            throw segment.Refuse($"has coefficients that are multiplied by zero, and the data is longer than {MaxDroppedBytes} bytes");
    }

    /// <summary>Adds a segment that is no metadata.</summary>
    /// <exception cref="ImageRefusedException">The segment is malformed, or no decoder knows it.</exception>
    public void AddOther(JpegSegment segment)
    {
        switch (segment.Marker)
        {
            case JpegSegment.QuantizationTables or JpegSegment.HuffmanTables:
                Add(tables.Read(segment));
                break;
            case JpegSegment.RestartInterval:
                interval = JpegRestartInterval.Read(segment);
                Add(interval);
                break;
            // Only arithmetic coding needs its conditioning. A number of lines is needed only if the frame header states none, and such a
            // header is refused. Restart markers and TEM have no meaning between segments.
            case JpegSegment.ArithmeticConditioning or JpegSegment.NumberOfLines or JpegSegment.Comment:
            case JpegSegment.Temporary or (>= JpegSegment.FirstRestart and <= JpegSegment.LastRestart):
                break;
            case JpegSegment.StartOfImage:
                throw segment.Refuse("starts a second image");
            default:
                throw segment.Refuse("does not belong to an image");
        }
    }

    public void Write(ReadOnlySpan<byte> file, CleanCopy output)
    {
        var replaceSpare = parts.Sum(part => part.SpareBits) > MaxSpareBits;

        foreach (var part in parts)
            part.Write(file, output, replaceSpare);
    }
}
