using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GameImages.Testing.Images;

/// <summary>PNG files of a few bytes.</summary>
public static class SmallPng
{
    public const int Width = 3;
    public const int Height = 2;

    public static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    public static readonly byte[] Header = HeaderOf(Width, Height);
    public static readonly byte[] Data = Chunk("IDAT", Compress(new byte[Height * (1 + 3 * Width)]));
    public static readonly byte[] End = Chunk("IEND", []);
    public static readonly byte[] Plain = Of(Header, Data, End);

    public static byte[] Of(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    /// <summary>An image with these chunks between its header and its data.</summary>
    public static byte[] With(params byte[][] chunks) => Of([Header, .. chunks, Data, End]);

    public static byte[] HeaderOf(
        uint width,
        uint height,
        byte depth = 8,
        byte colorType = 2,
        byte compression = 0,
        byte filter = 0,
        byte interlace = 0) =>
        Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), depth, colorType, compression, filter, interlace]);

    public static byte[] AnimationControl(uint frames) => Chunk("acTL", [.. BigEndian(frames), 0, 0, 0, 0]);

    public static byte[] FrameControl(
        uint number,
        uint width = Width,
        uint height = Height,
        uint left = 0,
        uint top = 0,
        byte dispose = 0,
        byte blend = 0) =>
        Chunk("fcTL",
        [
            .. BigEndian(number), .. BigEndian(width), .. BigEndian(height), .. BigEndian(left), .. BigEndian(top),
            0, 1, 0, 10, dispose, blend,
        ]);

    public static byte[] FrameData(uint number) => Chunk("fdAT", [.. BigEndian(number), .. Data.AsSpan(8..^4)]);

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] checkedPart = [.. Encoding.Latin1.GetBytes(type), .. content];
        return [.. BigEndian((uint)content.Length), .. checkedPart, .. BigEndian(Crc(checkedPart))];
    }

    public static byte[] Compress(byte[] content)
    {
        var compressed = new MemoryStream();

        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal))
            stream.Write(content);

        return compressed.ToArray();
    }

    public static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    // This goes bit by bit. It shares no code with the product, so it can find faults of the product.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;

        foreach (var value in bytes)
        {
            crc ^= value;

            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
