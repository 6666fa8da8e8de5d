using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// JPEG, ITU-T T.81 annex B: marker segments and scans from SOI to EOI. Comments and the segments of applications are left out, but for those that
/// say how to read the colors and which way up the picture is. What follows EOI is left out too.
/// </summary>
internal static class Jpeg
{
    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xD8, 0xFF, ..];

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
                    return at + 8 < bytes.Length
                        ? (
                            BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]),
                            BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]))
                        : null;
                case JpegSegment.EndOfImage or JpegSegment.StartOfScan:
                    return null;
                case 0x01 or (>= 0xD0 and <= 0xD7):
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
        var application = JpegApplicationData.Find(input);
        application.WriteFirst(output);

        JpegFrame? frame = null;

        while (true)
        {
            var segment = JpegSegment.Read(ref input);

            if (segment.Marker == JpegSegment.EndOfImage)
            {
                if (frame is not { Scans: > 0 })
                    throw segment.Refuse("comes before any scan");

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
                    application.Write(segment, output);
            }
            else if (JpegTables.Keeps(segment))
            {
                output.Append(segment.Whole);
            }
        }
    }
}
