using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The parts of the application segments before the first scan that change how the image looks: JFIF (T.871, section 10.1) without its
/// thumbnail, Adobe's color transform (T.872, section 6.5.3), the color profile, and the fields of EXIF that browsers use.
/// </summary>
internal sealed class JpegMetadata
{
    private const int DensityLength = 12;
    private const int AdobeLength = 12;

    private readonly JpegProfile profile = new();
    private byte[]? density;
    private JpegExifFields? exif;
    private ImageSize size;
    private int lastAdobe;
    private int components;

    private static ReadOnlySpan<byte> Jfif => "JFIF\0"u8;

    /// <summary>Reads all segments up to the first scan.</summary>
    public static JpegMetadata Find(ByteReader input)
    {
        var found = new JpegMetadata();
        JpegSegment segment;

        do
        {
            segment = JpegSegment.Read(ref input);
            found.Record(segment);
        }
        while (segment.Marker is not (JpegSegment.StartOfScan or JpegSegment.EndOfImage));

        found.profile.Finish(found.components);
        return found;
    }

    /// <summary>Adds the segments that must come before all others.</summary>
    public void AddFirst(JpegImage image)
    {
        // The width and the height of the thumbnail follow the density. Zero means that there is no thumbnail.
        if (density is not null)
            image.Add(new JpegBytes(JpegSegment.Write(JpegSegment.App0, [.. density, 0, 0])));

        if (exif is not null && JpegExif.Write(exif, size) is { } segment)
            image.Add(new JpegBytes(segment));
    }

    /// <summary>Adds the segment in its place if it belongs to the image.</summary>
    public void Add(JpegSegment segment, JpegImage image)
    {
        // Decoders use the last one before the scan, so only that one is written.
        if (IsAdobe(segment) && segment.Offset == lastAdobe)
            image.Add(new JpegBytes(JpegSegment.Write(JpegSegment.App14, segment.Content[..AdobeLength])));
        else
            profile.Add(segment, image);
    }

    private void Record(JpegSegment segment)
    {
        var content = segment.Content;

        if (segment.Marker == JpegSegment.App0 && content.Length >= DensityLength + 2 && content.StartsWith(Jfif))
            density ??= content[..DensityLength].ToArray();
        else if (segment.Marker == JpegSegment.App1 && content.Length > Exif.Prefix.Length && content.StartsWith(Exif.Prefix[..^1]))
            exif ??= new(content[Exif.Prefix.Length..]);
        else if (IsAdobe(segment))
            lastAdobe = segment.Offset;
        else if (segment.IsFrameHeader && content.Length > 5)
            RecordFrame(content);
        else
            profile.Record(segment);
    }

    private void RecordFrame(ReadOnlySpan<byte> content)
    {
        size = new(BinaryPrimitives.ReadUInt16BigEndian(content[3..]), BinaryPrimitives.ReadUInt16BigEndian(content[1..]));
        components = content[5];
    }

    private static bool IsAdobe(JpegSegment segment) =>
        segment.Marker == JpegSegment.App14 && segment.Content.Length >= AdobeLength && segment.Content.StartsWith("Adobe"u8);
}
