using System.Buffers.Binary;
using System.Text;

namespace GameImages.Testing.Images;

/// <summary>WebP files of a few bytes.</summary>
public static class SmallWebP
{
    public const byte ProfileFlag = 0x20;
    public const byte AlphaFlag = 0x10;
    public const byte ExifFlag = 0x08;
    public const byte XmpFlag = 0x04;
    public const byte AnimationFlag = 0x02;

    /// <summary>2 x 2 pixels of one color.</summary>
    public static readonly byte[] Lossy = Chunk("VP8 ", LossyContent);

    /// <summary>2 x 2 pixels of one color: no transform, no cache, and five Huffman codes of one symbol each.</summary>
    public static readonly byte[] Lossless = Chunk("VP8L", LosslessContent(2, 2));

    /// <summary>An alpha channel of 2 x 2 pixels, not compressed.</summary>
    public static readonly byte[] Alpha = Chunk("ALPH", [0, 128, 128, 128, 128]);

    public static readonly byte[] Animation = Chunk("ANIM", [0, 0, 0, 0, 0, 0]);
    public static readonly byte[] Plain = Of(Lossy);

    private static byte[] LossyContent =>
        Convert.FromHexString("7001009D012A020002000CC0CE25A0027401400000FEDA2611868D7E2EEC471924000000");

    public static byte[] LosslessContent(uint width, uint height) =>
        [0x2F, .. LittleEndian((width - 1) | (height - 1) << 14), 0x88, 0x88, 0x08];

    public static byte[] Of(params byte[][] chunks)
    {
        byte[] content = [.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. "RIFF"u8, .. LittleEndian((uint)content.Length), .. content];
    }

    public static byte[] Extended(byte flags, uint width = 2, uint height = 2) =>
        Chunk("VP8X", [flags, 0, 0, 0, .. LittleEndian(width - 1)[..3], .. LittleEndian(height - 1)[..3]]);

    public static byte[] Frame(byte[] image, uint left = 0, uint top = 0, uint width = 2, uint height = 2) =>
        Chunk("ANMF",
        [
            .. LittleEndian(left / 2)[..3], .. LittleEndian(top / 2)[..3],
            .. LittleEndian(width - 1)[..3], .. LittleEndian(height - 1)[..3],
            100, 0, 0, 0, .. image,
        ]);

    public static byte[] Chunk(string tag, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(tag), .. LittleEndian((uint)content.Length), .. content, .. new byte[content.Length % 2]];

    public static byte[] LittleEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
