using System.Buffers.Binary;
using GameImages.Testing;

namespace GameImages.Benchmarks.Parts;

/// <summary>Creates valid images of noise of about 1 MiB, with or without a comment that the service removes.</summary>
internal static class LargeImages
{
    private static readonly byte[] Comment = [.. "Comment\0"u8, .. "Painted at the table."u8];

    public static byte[] Png(bool commented)
    {
        const int header = 33;
        var plain = Pictures.Png(1, 1 << 20);
        return commented ? [.. plain[..header], .. Pictures.Chunk("tEXt"u8, Comment), .. plain[header..]] : plain;
    }

    /// <summary>Creates gray blocks. Every code is one bit long. A block has an unchanged mean and 63 coefficients of 8 bits.</summary>
    public static byte[] Jpeg(bool commented)
    {
        const int blocks = 121;
        const int side = blocks * 8;
        var random = new Random(1);
        var data = new BitWriter(highestFirst: true);

        for (var block = 0; block < blocks * blocks; block++)
        {
            data.Write(0, 1);
            for (var coefficient = 1; coefficient < 64; coefficient++)
                data.Write(random.Next(256), 9);
        }

        return
        [
            0xFF, 0xD8, .. commented ? Segment(0xFE, Comment) : [],
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. Segment(0xC0, [8, side >> 8, side & 0xFF, side >> 8, side & 0xFF, 1, 1, 0x11, 0]),
            .. Segment(0xC4, [0x00, 1, .. new byte[15], 0, 0x10, 1, .. new byte[15], 8]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            .. data.Bytes.SelectMany(value => value == 0xFF ? new byte[] { 0xFF, 0 } : [value]),
            0xFF, 0xD9,
        ];

        static byte[] Segment(byte marker, byte[] content) =>
            [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
    }

    /// <summary>All codes have 9 bits, because the table is cleared before it needs longer codes.</summary>
    public static byte[] Gif(bool commented)
    {
        const int side = 960;
        const int clear = 256;
        const int end = 257;
        const int betweenClears = 254;
        var random = new Random(1);
        var data = new BitWriter(highestFirst: false);

        for (var pixel = 0; pixel < side * side; pixel++)
        {
            if (pixel % betweenClears == 0)
                data.Write(clear, 9);

            data.Write(random.Next(256), 9);
        }

        byte[] size = [side & 0xFF, side >> 8, side & 0xFF, side >> 8];
        return
        [
            .. "GIF89a"u8, .. size, 0xF7, 0, 0, .. Enumerable.Range(0, 256).SelectMany(gray => Enumerable.Repeat((byte)gray, 3)),
            .. commented ? [0x21, 0xFE, (byte)Comment.Length, .. Comment, 0] : Array.Empty<byte>(),
            0x2C, 0, 0, 0, 0, .. size, 0, 8,
            .. data.Write(end, 9).Bytes.Chunk(255).SelectMany(block => block.Prepend((byte)block.Length)),
            0, 0x3B,
        ];
    }

    /// <summary>Creates a lossless image (RFC 9649 section 3). Each byte is the green of a pixel. The other colors never change.</summary>
    public static byte[] WebP(bool commented)
    {
        const int side = 1024;
        var random = new Random(1);
        var data = new BitWriter(highestFirst: false);
        data.Write(0x2F, 8).Write(side - 1, 14).Write(side - 1, 14).Write(0, 4);

        // The image has no transform, no cache and no groups of codes. Only the code lengths 0 and 8 occur, each written as one bit. The
        // 256 greens have length 8, and unused symbols have length 0. The codes of red, blue, alpha and distance are simple codes with one
        // symbol.
        data.Write(0, 3).Write(0, 1).Write(8, 4).Write(0, 6).Write(1, 3).Write(0, 24).Write(1, 3).Write(0, 1);
        for (var symbol = 0; symbol < 280; symbol++)
            data.Write(symbol < 256 ? 1 : 0, 1);
        data.Write(1, 4).Write(1, 4).Write(0b101, 3).Write(255, 8).Write(1, 4);
        for (var pixel = 0; pixel < side * side; pixel++)
            data.Write(random.Next(256), 8);

        var image = Chunk("VP8L"u8, data.Bytes);
        byte[] content = commented
            ?
            [
                .. Chunk("VP8X"u8, [4, 0, 0, 0, (side - 1) & 0xFF, (side - 1) >> 8, 0, (side - 1) & 0xFF, (side - 1) >> 8, 0]),
                .. image,
                .. Chunk("XMP "u8, Comment),
            ]
            : image;
        return Chunk("RIFF"u8, [.. "WEBP"u8, .. content]);

        static byte[] Chunk(ReadOnlySpan<byte> tag, byte[] content)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
            return [.. tag, .. length, .. content, .. new byte[content.Length % 2]];
        }
    }
}
