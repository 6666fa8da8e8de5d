namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The parts of the application segments before the first scan that change how the image looks: JFIF (T.871, section 10.1) without its
/// thumbnail, Adobe's color transform (T.872, section 6.5.3), the color profile (ICC.1, annex B.4), and the orientation of EXIF.
/// </summary>
internal sealed class JpegMetadata
{
    private const int DensityLength = 12;
    private const int AdobeLength = 12;
    private const int IccPrefixLength = 14;

    private readonly bool[] profileParts = new bool[256];
    private byte[]? density;
    private int? orientation;
    private int adobeSegments;
    private int profilePartsSeen;
    private bool isProfileBroken;

    private static ReadOnlySpan<byte> Jfif => "JFIF\0"u8;

    private static ReadOnlySpan<byte> Icc => "ICC_PROFILE\0"u8;

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

        return found;
    }

    /// <summary>Writes the segments that must come before all others.</summary>
    public void WriteFirst(CleanCopy output)
    {
        // The width and the height of the thumbnail follow the density. Zero means that there is no thumbnail.
        if (density is not null)
            output.Append([0xFF, JpegSegment.App0, 0, 2 + DensityLength + 2, .. density, 0, 0]);

        if (orientation is > Exif.Upright)
        {
            var tiff = Exif.Write(orientation.Value);
            output.Append([0xFF, JpegSegment.App1, 0, (byte)(2 + Exif.Prefix.Length + tiff.Length), .. Exif.Prefix, .. tiff]);
        }
    }

    /// <summary>Writes the segment in its place if it belongs to the image.</summary>
    public void Write(JpegSegment segment, CleanCopy output)
    {
        var content = segment.Content;

        if (IsAdobe(segment))
        {
            // Decoders use the last one before the scan, so only that one is written.
            if (--adobeSegments == 0)
                output.Append([0xFF, JpegSegment.App14, 0, 2 + AdobeLength, .. content[..AdobeLength]]);
        }
        else if (IsProfile(segment) && !isProfileBroken && profilePartsSeen == content[Icc.Length + 1])
        {
            output.Append(segment.Whole);
        }
    }

    private void Record(JpegSegment segment)
    {
        var content = segment.Content;

        if (segment.Marker == JpegSegment.App0 && content.Length >= DensityLength + 2 && content.StartsWith(Jfif))
            density ??= content[..DensityLength].ToArray();
        else if (segment.Marker == JpegSegment.App1 && content.Length > Exif.Prefix.Length && content.StartsWith(Exif.Prefix[..^1]))
            orientation ??= Exif.ReadOrientation(content[Exif.Prefix.Length..]);
        else if (IsAdobe(segment))
            adobeSegments++;
        else if (IsProfile(segment))
            RecordProfile(segment);
    }

    // Each part states its number, from 1, and the number of parts. Decoders use a profile only if all parts are there.
    private void RecordProfile(JpegSegment segment)
    {
        var part = segment.Content[IccPrefixLength..];
        var number = segment.Content[Icc.Length];
        var count = segment.Content[Icc.Length + 1];

        isProfileBroken |= number == 0 || number > count || profileParts[number] || (number == 1 && !part[Math.Min(36, part.Length)..].StartsWith("acsp"u8));
        profileParts[number] = true;
        profilePartsSeen++;
    }

    private static bool IsAdobe(JpegSegment segment) =>
        segment.Marker == JpegSegment.App14 && segment.Content.Length >= AdobeLength && segment.Content.StartsWith("Adobe"u8);

    private static bool IsProfile(JpegSegment segment) =>
        segment.Marker == JpegSegment.App2 && segment.Content.Length >= IccPrefixLength && segment.Content.StartsWith(Icc);
}
