using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>A JPEG image in pieces, so that a segment can be put between them.</summary>
/// <param name="Frame">The tables before the frame header, and the frame header.</param>
/// <param name="Tables">The segments between the frame header and the first scan.</param>
internal sealed record JpegLayout(string Name, byte[] Frame, byte[] Tables, byte[][] Scans)
{
    public static readonly IReadOnlyList<string> Places =
    [
        "after the start", "after the frame header", "before the first scan", "between the scans", "after the last scan", "after the end",
    ];

    private const int Components = 3;

    // Codes of 4 bits: a DC coefficient has 0 to 6 bits.
    private static readonly byte[] DcCodes = SmallJpeg.HuffmanTable(0x00, 4, 0, 1, 2, 3, 4, 5, 6);

    // Codes of 3 bits: the end of the block, a coefficient of 3 bits, a coefficient of 1 bit, and sixteen zeros.
    private static readonly byte[] AcCodes = SmallJpeg.HuffmanTable(0x10, 3, 0x00, 0x03, 0x01, 0xF0);

    private static readonly byte[] Codes = SmallJpeg.Segment(0xC4, [.. DcCodes, .. AcCodes]);
    private static readonly byte[] Quantization = SmallJpeg.Segment(0xDB, [0, .. Enumerable.Range(3, 64).Select(value => (byte)value)]);

    /// <summary>Three components of 2 x 2 blocks, each in a scan of its own.</summary>
    public static readonly JpegLayout ThreeScans = new(
        "three scans",
        [.. Quantization, .. FrameOf(0xC0)],
        Codes,
        [.. Enumerable.Range(1, Components).Select(i => ScanOf(i, 0, 63, 0, Repeat(i, bits => $"0110{bits(6)}001{bits(3)}000")))]);

    /// <summary>The same components in scans for DC and AC, and in refinements of them.</summary>
    public static readonly JpegLayout Progressive = new(
        "progressive",
        [.. Quantization, .. FrameOf(0xC2)],
        Codes,
        [
            [
                .. SmallJpeg.Segment(0xDA, [Components, 1, 0, 2, 0, 3, 0, 0, 0, 1]),
                .. SmallJpeg.Data(string.Concat(Enumerable.Range(1, Components).Select(i => Repeat(i, bits => $"0110{bits(6)}")))),
            ],
            .. Enumerable.Range(1, Components).Select(i => ScanOf(i, 1, 63, 0x01, Repeat(i, bits => $"001{bits(3)}000"))),
            .. Enumerable.Range(1, Components).Select(i => ScanOf(i, 1, 63, 0x10, Repeat(i, bits => $"010{bits(2)}000"))),
            [
                .. SmallJpeg.Segment(0xDA, [Components, 1, 0, 2, 0, 3, 0, 0, 0, 0x10]),
                .. SmallJpeg.Data("110010101101"),
            ],
        ]);

    /// <param name="file">A file with one scan.</param>
    public static JpegLayout Of(string name, byte[] file)
    {
        var frameEnd = 0;
        var at = SmallJpeg.Start.Length;

        for (; file[at + 1] != 0xDA; at += 2 + (file[at + 2] << 8 | file[at + 3]))
        {
            if (file[at + 1] == 0xC0)
                frameEnd = at + 2 + (file[at + 2] << 8 | file[at + 3]);
        }

        return new(name, file[SmallJpeg.Start.Length..frameEnd], file[frameEnd..at], [file[at..^SmallJpeg.End.Length]]);
    }

    /// <param name="place">One of <see cref="Places"/>.</param>
    public byte[] With(string place, byte[] segment)
    {
        byte[][] pieces = [SmallJpeg.Start, Frame, Tables, Scans[0], [.. Scans.Skip(1).SelectMany(scan => scan)], SmallJpeg.End];
        return [.. pieces.SelectMany((piece, i) => Places[i] == place ? [.. piece, .. segment] : piece)];
    }

    private static byte[] FrameOf(byte marker) =>
        SmallJpeg.Segment(marker, [8, 0, 16, 0, 16, Components, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);

    private static byte[] ScanOf(int component, byte first, byte last, byte bits, string data) =>
        [.. SmallJpeg.Segment(0xDA, [1, (byte)component, 0, first, last, bits]), .. SmallJpeg.Data(data)];

    // The data of four blocks, with other bits in each.
    private static string Repeat(int seed, Func<Func<int, string>, string> block)
    {
        var noise = (uint)seed;
        return string.Concat(Enumerable.Range(0, 4).Select(_ => block(Bits)));

        string Bits(int length)
        {
            noise = noise * 1664525 + 1013904223;
            return Convert.ToString(noise >> (32 - length), 2).PadLeft(length, '0');
        }
    }
}
