using System.Buffers.Binary;
using GameImages.Testing;

namespace GameImages.Benchmarks.Setup;

/// <summary>Valid pictures of one size that differ in nothing but a number: the gamma (PNG section 11.3.2.1) that they state.</summary>
/// <param name="bytes">About how long each file is.</param>
internal sealed class Series(int bytes)
{
    private const int EndOfHeader = 33;

    private readonly byte[] plain = Pictures.Png(0, bytes);

    /// <summary>What makes the picture of this number that one.</summary>
    public static byte[] Mark(int number)
    {
        var gamma = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(gamma, number + 1);
        return Pictures.Chunk("gAMA"u8, gamma);
    }

    public byte[] Picture(int number) => [.. plain[..EndOfHeader], .. Mark(number), .. plain[EndOfHeader..]];
}
