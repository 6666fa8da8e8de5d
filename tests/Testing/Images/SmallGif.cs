namespace GameImages.Testing.Images;

/// <summary>GIF files of a few bytes.</summary>
public static class SmallGif
{
    public const ushort Side = 2;

    public static readonly byte[] Screen = ScreenOf(Side, Side);
    public static readonly byte[] Control = [0x21, 0xF9, 4, 0, 10, 0, 0, 0];
    public static readonly byte[] Loop = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];
    public static readonly byte[] Frame = FrameOf(0, 0, Side, Side);
    public static readonly byte[] Grays = [.. Enumerable.Range(0, 768).Select(at => (byte)(at / 3))];
    public static readonly byte[] Trailer = [0x3B];
    public static readonly byte[] Plain = With(Control, Frame);

    /// <summary>An image with these blocks.</summary>
    public static byte[] With(params byte[][] blocks) => [.. Screen, .. blocks.SelectMany(block => block), .. Trailer];

    public static byte[] ScreenOf(ushort width, ushort height) =>
        [.. "GIF89a"u8, .. LittleEndian(width), .. LittleEndian(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];

    public static byte[] FrameOf(ushort left, ushort top, ushort width, ushort height) =>
        [.. Descriptor(left, top, width, height), 2, .. Chain(Codes(width * height))];

    public static byte[] Descriptor(ushort left, ushort top, ushort width, ushort height) =>
        [0x2C, .. LittleEndian(left), .. LittleEndian(top), .. LittleEndian(width), .. LittleEndian(height), 0];

    /// <summary>An image with this color table, or with none.</summary>
    public static byte[] WithColors(byte[] colors, params byte[][] blocks) => Of(Side, Side, colors, blocks);

    public static byte[] Of(ushort width, ushort height, byte[] colors, params byte[][] blocks) =>
    [
        .. ScreenOf(width, height)[..10], (byte)(colors.Length == 0 ? 0 : 0x80 | int.Log2(colors.Length / 3) - 1), 0, 0, .. colors,
        .. blocks.SelectMany(block => block), .. Trailer,
    ];

    /// <summary>A frame with this chain of sub-blocks.</summary>
    public static byte[] Data(ushort width, ushort height, byte codeSize, byte[] chain) =>
        [.. Descriptor(0, 0, width, height), codeSize, .. chain];

    /// <summary>A frame with pixels of 256 colors. It may have more pixels than its rectangle.</summary>
    public static byte[] Pixels(ushort left, ushort top, ushort width, ushort height, byte[] pixels) =>
        [.. Descriptor(left, top, width, height), 8, .. Chain(LzwWriter.Encode(pixels, 8))];

    /// <summary>A chain of sub-blocks of 255 bytes.</summary>
    public static byte[] Chain(byte[] data) => Cut(data, [254]);

    /// <summary>A chain of sub-blocks whose lengths are greater by 1 than these numbers, over and over.</summary>
    public static byte[] Cut(byte[] data, byte[] lengths)
    {
        var chain = new List<byte>();

        for (int at = 0, block = 0; at < data.Length; block++)
        {
            var length = Math.Min(lengths[block % lengths.Length] + 1, data.Length - at);
            chain.Add((byte)length);
            chain.AddRange(data[at..(at + length)]);
            at += length;
        }

        return [.. chain, 0];
    }

    public static byte[] Comment(string text) => [0x21, 0xFE, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text), 0];

    /// <summary>LZW codes that all have 3 bits. A clear code before every two pixels keeps the table from growing.</summary>
    public static byte[] Codes(int pixels)
    {
        const int clear = 4;
        const int end = clear + 1;
        var codes = Enumerable
            .Range(0, pixels)
            .SelectMany(pixel => Enumerable.Repeat(pixel % 2, 1).Prepend(clear).Skip(pixel % 2))
            .Append(end);
        var bits = codes.SelectMany(code => new[] { code & 1, code >> 1 & 1, code >> 2 & 1 });
        return [.. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, place) => bit << place).Sum())];
    }

    private static byte[] LittleEndian(ushort value) => [(byte)value, (byte)(value >> 8)];
}
