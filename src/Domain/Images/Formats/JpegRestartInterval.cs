using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.4.4: the number of units between restart markers. It is written only if a scan uses it.</summary>
internal sealed class JpegRestartInterval : JpegPart
{
    private readonly Range range;

    private JpegRestartInterval(JpegSegment segment)
    {
        range = segment.Range;
        Units = BinaryPrimitives.ReadUInt16BigEndian(segment.Content);
    }

    /// <summary>Zero means that there are no restart markers.</summary>
    public int Units { get; }

    public bool IsUsed { get; set; }

    /// <summary>Whether a scan has a restart marker. Otherwise, any large interval gives the same image.</summary>
    public bool HasMarkers { get; set; }

    public override int SpareBits => IsUsed && !HasMarkers ? 16 : 0;

    public static JpegRestartInterval Read(JpegSegment segment) => segment.Content.Length == 2
        ? new(segment)
        : throw segment.Refuse($"has {segment.Content.Length} bytes; a restart interval must have 2");

    public override void Write(ReadOnlySpan<byte> file, CleanCopy output, bool replaceSpare)
    {
        if (!IsUsed)
            return;

        output.Append(replaceSpare && !HasMarkers ? JpegSegment.Write(JpegSegment.RestartInterval, [0, 0]) : file[range]);
    }
}
