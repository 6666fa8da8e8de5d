using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// JPEG, ITU-T T.81 annex B: marker segments and scans from SOI to EOI. The copy leaves out comments, application segments and all bytes
/// after EOI. It keeps the application segments that state how to read the colors, and the orientation.
/// </summary>
internal static class Jpeg
{
    public static bool IsStartOf(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..];

    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes)
    {
        var at = 2;

        while (at + 3 < bytes.Length && bytes[at] == JpegSegment.Prefix)
        {
            switch (bytes[at + 1])
            {
                case JpegSegment.Prefix:
                    at++;
                    break;
                case var marker when JpegSegment.IsFrame(marker):
                    return ReadFrameSize(bytes[at..]);
                case JpegSegment.EndOfImage or JpegSegment.StartOfScan:
                    return null;
                case JpegSegment.Temporary or (>= JpegSegment.FirstRestart and <= JpegSegment.LastRestart):
                    at += 2;
                    break;
                default:
                    at += 2 + Math.Max((ushort)2, BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
                    break;
            }
        }

        return null;
    }

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        output.Append(input.Take(2, "the start of the image"));
        var metadata = JpegMetadata.Find(input);
        metadata.WriteFirst(output);

        JpegFrame? frame = null;

        while (true)
        {
            var segment = JpegSegment.Read(ref input);

            if (segment.Marker == JpegSegment.EndOfImage)
            {
                if (frame is not { Scans: > 0 })
                    throw segment.Refuse("comes before the first scan");

                output.Append(segment.Whole);
                return;
            }

            if (segment.IsFrameHeader)
            {
                frame = frame is null ? JpegFrame.Read(segment, canvas) : throw segment.Refuse("starts a second frame");
                output.Append(segment.Whole);
            }
            else if (segment.Marker == JpegSegment.StartOfScan)
            {
                if (frame is null)
                    throw segment.Refuse("comes before the frame header");

                frame.CopyScan(segment, ref input, output);
            }
            else if (segment.Marker is >= JpegSegment.App0 and <= JpegSegment.App15)
            {
                if (frame is not { Scans: > 0 })
                    metadata.Write(segment, output);
            }
            else if (JpegTables.ShouldKeep(segment))
            {
                output.Append(segment.Whole);
            }
        }
    }

    // After the marker and the length come the sample precision, the height and the width.
    private static (long Width, long Height)? ReadFrameSize(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 9)
            return null;

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[5..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[7..]);
        return (width, height);
    }
}
