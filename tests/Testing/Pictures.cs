using System.Buffers.Binary;
using System.IO.Compression;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;

namespace GameImages.Testing;

/// <summary>Small valid images. Different numbers give different images.</summary>
public static class Pictures
{
    private static readonly ImageLimits Limits = new(MaxBytes: int.MaxValue);

    public static ImageContent Content(int number) => ImageContent.Read(Png(number), Limits);

    /// <param name="byteLength">The minimum length of the file.</param>
    public static byte[] Png(int number, int byteLength = 0)
    {
        var width = Math.Max(2, (int)Math.Ceiling(Math.Sqrt(byteLength)));
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);
        header[8] = 8; // bits per sample, grayscale

        // Each row begins with the number of its filter. Zero means no filter.
        var rows = new byte[(width + 1) * width];
        new Random(number).NextBytes(rows);
        BinaryPrimitives.WriteInt32LittleEndian(rows.AsSpan(1), number);
        for (var row = 0; row < width; row++)
            rows[row * (width + 1)] = 0;

        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.NoCompression, leaveOpen: true))
            zlib.Write(rows);

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8,
            .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, pixels.ToArray()), .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>A GIF of one pixel. There are 2^24 of them, one for each color.</summary>
    public static byte[] Gif(int number) =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0,
        (byte)number, (byte)(number >> 8), (byte)(number >> 16), 0, 0, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0,
        2, 2, 0x44, 0x01, 0,
        0x3B,
    ];

    /// <summary>A JPEG of one gray block of 8 x 8 pixels. There are 255^2 of them, one for each quantization table.</summary>
    public static byte[] Jpeg(int number) =>
    [
        0xFF, 0xD8,
        0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xDB, 0, 67, 0, (byte)(1 + number % 255), (byte)(1 + number / 255 % 255), .. Enumerable.Repeat((byte)1, 62),
        0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0,
        0xFF, 0xC4, 0, 38, 0x00, 1, .. new byte[16], 0x10, 1, .. new byte[16],
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x3F,
        0xFF, 0xD9,
    ];

    /// <summary>A lossless WebP of one color. There are 4096^2 of them, one for each size.</summary>
    public static byte[] WebP(int number)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, number % 4096 | (number / 4096 % 4096) << 14);
        return [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBPVP8L"u8, 8, 0, 0, 0, 0x2F, .. size, 0x88, 0x88, 0x08];
    }

    /// <summary>A PNG chunk with its CRC (PNG section 5.3).</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }

        return ~crc;
    }
}
