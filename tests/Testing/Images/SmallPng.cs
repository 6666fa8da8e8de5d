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

    /// <summary>The image data of a black image whose header has these fields.</summary>
    public static byte[] DataOf(
        int width = Width,
        int height = Height,
        byte depth = 8,
        byte colorType = 2,
        byte interlace = 0) =>
        Chunk("IDAT", Compress(new byte[LengthOf(width, height, depth, colorType, interlace)]));

    /// <summary>The length of the rows, with their filter types.</summary>
    public static int LengthOf(int width, int height, byte depth, byte colorType, byte interlace = 0)
    {
        var channels = colorType switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };

        // The first column and row of each pass, and the distance to the next.
        (int Left, int Top, int Right, int Down)[] passes = interlace == 0
            ? [(0, 0, 1, 1)]
            : [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

        return passes.Sum(pass =>
        {
            var columns = Enumerable.Range(0, width).Count(x => x >= pass.Left && (x - pass.Left) % pass.Right == 0);
            var rows = Enumerable.Range(0, height).Count(y => y >= pass.Top && (y - pass.Top) % pass.Down == 0);
            return columns == 0 ? 0 : rows * (1 + (columns * channels * depth + 7) / 8);
        });
    }

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

    public static byte[] FrameData(uint number, byte[]? stream = null) =>
        Chunk("fdAT", [.. BigEndian(number), .. stream ?? Data[8..^4]]);

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] checkedPart = [.. Encoding.Latin1.GetBytes(type), .. content];
        return [.. BigEndian((uint)content.Length), .. checkedPart, .. BigEndian(Crc(checkedPart))];
    }

    public static byte[] Compress(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        var compressed = new MemoryStream();

        using (var stream = new ZLibStream(compressed, level))
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
