using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>JPEG images with each kind of segment in each place, once and twice, and with wrong lengths.</summary>
internal static class JpegPlaces
{
    private static readonly byte[] SwappedColors = ColorProfile.Of();

    private static readonly Dictionary<string, byte[]> Parts = new()
    {
        ["JFIF"] = SmallJpeg.Density,
        ["JFIF with a thumbnail"] = SmallJpeg.Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 144, 1, 1, 255, 0, 0]),
        ["JFIF of version 2"] = SmallJpeg.Segment(0xE0, [.. "JFIF\0"u8, 2, 0, 0, 0, 1, 0, 1, 0, 0]),
        ["Adobe without transform"] = Adobe(0),
        ["Adobe with transform 1"] = Adobe(1),
        ["Adobe with transform 2"] = Adobe(2),
        ["Adobe with transform 7"] = Adobe(7),
        ["a profile"] = Profile(1, 1, SwappedColors),
        ["a profile in two parts"] = [.. Profile(1, 2, SwappedColors[..300]), .. Profile(2, 2, SwappedColors[300..])],
        ["a profile in two parts, in the other order"] = [.. Profile(2, 2, SwappedColors[300..]), .. Profile(1, 2, SwappedColors[..300])],
        ["half a profile"] = Profile(2, 2, SwappedColors),
        ["part 0 of a profile"] = Profile(0, 1, SwappedColors),
        ["an empty part of a profile"] = Profile(1, 1, []),
        ["a profile for CMYK"] = Profile(1, 1, [.. SwappedColors[..16], .. "CMYK"u8, .. SwappedColors[20..]]),
        ["XMP"] = SmallJpeg.Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]),
        ["a comment"] = SmallJpeg.Segment(0xFE, [.. "a comment"u8]),
        ["a used quantization table again"] = SmallJpeg.Segment(0xDB, [0, .. Enumerable.Repeat((byte)9, 64)]),
        ["an unused quantization table"] = SmallJpeg.Segment(0xDB, [3, .. Enumerable.Repeat((byte)9, 64)]),
        ["an unused Huffman table"] = SmallJpeg.Segment(0xC4, SmallJpeg.HuffmanTable(0x13, 4, 0, 1, 2, 3)),
        ["a restart interval of 0"] = SmallJpeg.Segment(0xDD, [0, 0]),
        ["a restart interval longer than the scan"] = SmallJpeg.Segment(0xDD, [0x7F, 0xFF]),
        ["a number of lines"] = SmallJpeg.Segment(0xDC, [0, 16]),
        ["conditioning of arithmetic coding"] = SmallJpeg.Segment(0xCC, [0, 0x10]),
        ["a restart marker"] = [0xFF, 0xD3],
        ["fill bytes"] = [0xFF, 0xFF, 0xFF],
        ["text"] = [.. "text between segments"u8],
        ["a reserved marker"] = [0xFF, 0x02],
        ["a second start"] = [0xFF, 0xD8],
        ["a size"] = SmallJpeg.Exif(ResizedTiff()),
    };

    /// <returns>Descriptions and files.</returns>
    public static IEnumerable<(string Name, byte[] File)> Of(JpegLayout layout)
    {
        var parts = Parts.Concat(Enumerable.Range(1, 8).Select(i =>
            KeyValuePair.Create($"EXIF orientation {i}", SmallJpeg.Exif(Tiff.Of(i)))));

        foreach (var (name, part) in parts)
        {
            foreach (var place in JpegLayout.Places)
            {
                yield return ($"{layout.Name}, {name} {place}", layout.With(place, part));
                yield return ($"{layout.Name}, {name} twice {place}", layout.With(place, [.. part, .. part]));

            }

            foreach (var (fault, broken) in WrongLengths(part))
            {
                yield return ($"{layout.Name}, {name} {fault} at the start", layout.With(JpegLayout.Places[0], broken));
                yield return ($"{layout.Name}, {name} {fault} between the scans", layout.With(JpegLayout.Places[3], broken));
            }

            yield return ($"{layout.Name}, {name} after another one", layout.With(JpegLayout.Places[0], [.. Another(part), .. part]));
            yield return ($"{layout.Name}, {name} at the start and before the scan", Twice(layout, part));
        }
    }

    private static byte[] Twice(JpegLayout layout, byte[] part) =>
        (layout with { Tables = [.. layout.Tables, .. part] }).With(JpegLayout.Places[0], part);

    private static IEnumerable<(string Fault, byte[] Segment)> WrongLengths(byte[] part)
    {
        if (part.Length < 6)
            yield break;

        yield return ("of length 0", [.. part[..2], 0, 0]);
        yield return ("of length 1", [.. part[..2], 0, 1]);
        yield return ("of length 2", [.. part[..2], 0, 2]);
        yield return ("without its last byte", SmallJpeg.Segment(part[1], part[4..^1]));
        yield return ("with two more bytes", SmallJpeg.Segment(part[1], [.. part[4..], 0, 1]));
    }

    // Another segment of the same kind.
    private static byte[] Another(byte[] part) => part[1] switch
    {
        0xE0 => SmallJpeg.Segment(0xE0, [.. "JFXX\0"u8, 0x13, 1, 1, 0, 0, 0]),
        0xE1 => SmallJpeg.Exif(Tiff.Of(3)),
        0xE2 => Profile(1, 1, ColorProfile.Of("Another one")),
        0xEE => Adobe(0),
        _ => SmallJpeg.Segment(0xFE, [.. "another"u8]),
    };

    private static byte[] Adobe(byte transform) => SmallJpeg.Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);

    private static byte[] Profile(byte number, byte count, byte[] part) =>
        SmallJpeg.Segment(0xE2, [.. "ICC_PROFILE\0"u8, number, count, .. part]);

    // 144 pixels per inch, and half the size of the image of 50 x 34 pixels.
    private static byte[] ResizedTiff() =>
    [
        .. "MM\0*"u8, 0, 0, 0, 8,
        0, 4,
        0x01, 0x1A, 0, 5, 0, 0, 0, 1, 0, 0, 0, 92,
        0x01, 0x1B, 0, 5, 0, 0, 0, 1, 0, 0, 0, 92,
        0x01, 0x28, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0,
        0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 62,
        0, 0, 0, 0,
        0, 2,
        0xA0, 0x02, 0, 3, 0, 0, 0, 1, 0, 25, 0, 0,
        0xA0, 0x03, 0, 3, 0, 0, 0, 1, 0, 17, 0, 0,
        0, 0, 0, 0,
        0, 0, 0, 144, 0, 0, 0, 1,
    ];
}
