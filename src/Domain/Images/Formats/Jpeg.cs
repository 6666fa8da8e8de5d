using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// JPEG, ITU-T T.81 annex B: marker segments and scans from SOI to EOI. The copy has the tables and the scans of the image, the
/// application segments that state how to read the colors, and the orientation. An image without an end marker gets one if all its scans
/// are complete.
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
        input.Take(2, "the start of the image");
        var image = new JpegImage();
        image.Add(new JpegRange(..2));
        var metadata = JpegMetadata.Find(input);
        metadata.AddFirst(image);

        while (!image.IsFinished && !(image.IsComplete && !JpegSegment.HasNext(input)))
        {
            var segment = JpegSegment.Read(ref input);

            if (segment.Marker == JpegSegment.EndOfImage)
            {
                if (!image.IsShown)
                    throw segment.Refuse("comes before the scans that browsers need");

                break;
            }

            if (segment.IsFrameHeader)
                image.AddFrame(segment, canvas);
            else if (segment.Marker == JpegSegment.StartOfScan)
                image.AddScan(segment, ref input);
            else if (segment.Marker is < JpegSegment.App0 or > JpegSegment.App15)
                image.AddOther(segment);
            else if (!image.HasScans)
                metadata.Add(segment, image);
        }

        image.Add(new JpegBytes([JpegSegment.Prefix, JpegSegment.EndOfImage]));
        image.Write(input.All, output);
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
