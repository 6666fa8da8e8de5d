namespace GameImages.Testing.Images;

/// <summary>JPEG files of a few bytes: one gray block. Its only codes have one bit.</summary>
public static class SmallJpeg
{
    public static readonly byte[] Start = [0xFF, 0xD8];
    public static readonly byte[] Density = Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0]);
    public static readonly byte[] Quantization = Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
    public static readonly byte[] Frame = FrameOf(8, 8);
    public static readonly byte[] Huffman = Segment(0xC4, [.. HuffmanTable(0x00), .. HuffmanTable(0x10)]);
    public static readonly byte[] Scan = [.. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x3F];
    public static readonly byte[] End = [0xFF, 0xD9];
    public static readonly byte[] Plain = With();

    /// <summary>An image with these segments before its tables.</summary>
    public static byte[] With(params byte[][] segments) => Of([Start, Density, .. segments, Quantization, Frame, Huffman, Scan, End]);

    public static byte[] Of(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] FrameOf(ushort width, ushort height, byte marker = 0xC0, byte precision = 8) =>
        Segment(marker, [precision, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);

    public static byte[] Exif(params byte[] tiff) => Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]);

    public static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    /// <summary>The data of a scan: these zeros and ones, then ones up to the end of the byte. A byte 0 follows each FF.</summary>
    public static byte[] Data(string bits)
    {
        var padded = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        var bytes = Enumerable.Range(0, padded.Length / 8).Select(i => Convert.ToByte(padded.Substring(8 * i, 8), 2));
        return [.. bytes.SelectMany(value => value == 0xFF ? new byte[] { 0xFF, 0 } : [value])];
    }

    /// <summary>The header of a scan of the first component, for a progressive image.</summary>
    public static byte[] ScanHeader(byte first, byte last, byte high = 0, byte low = 0, byte tables = 0) =>
        Segment(0xDA, [1, 1, tables, first, last, (byte)(high << 4 | low)]);

    /// <summary>A table whose codes all have this many bits.</summary>
    public static byte[] HuffmanTable(byte destination, int length, params byte[] values)
    {
        var counts = new byte[16];
        counts[length - 1] = (byte)values.Length;
        return [destination, .. counts, .. values];
    }

    private static byte[] HuffmanTable(byte destination) => HuffmanTable(destination, 1, 0);
}
