using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a appendix F: the codes of a frame, which are numbers of 2 to 12 bits. The first bit is the lowest one.</summary>
internal static class GifBits
{
    /// <summary>The bytes that must follow the codes, whatever they are.</summary>
    public const int Padding = sizeof(ulong);

    public static int At(ReadOnlySpan<byte> data, long position, int bits)
    {
        var start = BinaryPrimitives.ReadUInt64LittleEndian(data[(int)(position / 8)..]);
        return (int)(start >> (int)(position % 8)) & ((1 << bits) - 1);
    }
}
