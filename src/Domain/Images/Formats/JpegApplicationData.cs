namespace GameImages.Domain.Images.Formats;

/// <summary>
/// What of the application segments before the first scan belongs to the picture: JFIF (T.871, section 10.1) without its thumbnail, Adobe's
/// color transform (T.872, section 6.5.3), the color profile (ICC.1, annex B.4), and EXIF's orientation.
/// </summary>
internal sealed class JpegApplicationData
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
    private long profileLength;

    private static ReadOnlySpan<byte> Jfif => "JFIF\0"u8;

    private static ReadOnlySpan<byte> Icc => "ICC_PROFILE\0"u8;

    public static JpegApplicationData Find(ByteReader input)
    {
        var found = new JpegApplicationData();
        JpegSegment segment;

        do
        {
            segment = JpegSegment.Read(ref input);
            found.Note(segment);
        }
        while (segment.Marker is not (JpegSegment.StartOfScan or JpegSegment.EndOfImage));

        return found;
    }

    /// <summary>Writes what has its place before all other segments.</summary>
    public void WriteFirst(CleanCopy output)
    {
        // The thumbnail's width and height follow the density, and are zero.
        if (density is not null)
            output.Append([0xFF, JpegSegment.App0, 0, 2 + DensityLength + 2, .. density, 0, 0]);

        if (orientation is > Exif.Upright)
        {
            var tiff = Exif.Write(orientation.Value);
            output.Append([0xFF, JpegSegment.App1, 0, (byte)(2 + Exif.Prefix.Length + tiff.Length), .. Exif.Prefix, .. tiff]);
        }
    }

    /// <summary>Writes a segment that keeps its place, if it is to be kept at all.</summary>
    public void Write(JpegSegment segment, CleanCopy output)
    {
        var content = segment.Content;

        if (IsAdobe(segment))
        {
            // The last one before the scan counts, as in decoders; only that is written.
            if (--adobeSegments == 0)
                output.Append([0xFF, JpegSegment.App14, 0, 2 + AdobeLength, .. content[..AdobeLength]]);
        }
        else if (IsProfile(segment) && !isProfileBroken && profilePartsSeen == content[Icc.Length + 1])
            output.Append(segment.Whole);
    }

    private void Note(JpegSegment segment)
    {
        var content = segment.Content;

        if (segment.Marker == JpegSegment.App0 && content.Length >= DensityLength + 2 && content.StartsWith(Jfif))
            density ??= content[..DensityLength].ToArray();
        else if (segment.Marker == JpegSegment.App1 && content.Length > Exif.Prefix.Length && content.StartsWith(Exif.Prefix[..^1]))
            orientation ??= Exif.ReadOrientation(content[Exif.Prefix.Length..]);
        else if (IsAdobe(segment))
            adobeSegments++;
        else if (IsProfile(segment))
            NoteProfile(segment);
    }

    // Each part carries its number, from 1, and how many there are. Decoders use a profile only when it is whole.
    private void NoteProfile(JpegSegment segment)
    {
        var part = segment.Content[IccPrefixLength..];
        var (number, count) = (segment.Content[Icc.Length], segment.Content[Icc.Length + 1]);

        profileLength += part.Length;
        IccProfile.CheckLength(profileLength, segment.Offset);

        isProfileBroken |= number == 0 || number > count || profileParts[number] || (number == 1 && !IccProfile.Starts(part));
        profileParts[number] = true;
        profilePartsSeen++;
    }

    private static bool IsAdobe(JpegSegment segment) =>
        segment.Marker == JpegSegment.App14 && segment.Content.Length >= AdobeLength && segment.Content.StartsWith("Adobe"u8);

    private static bool IsProfile(JpegSegment segment) =>
        segment.Marker == JpegSegment.App2 && segment.Content.Length >= IccPrefixLength && segment.Content.StartsWith(Icc);
}
