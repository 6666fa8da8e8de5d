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

    private static byte[] HuffmanTable(byte destination) => [destination, 1, .. new byte[15], 0];
}
