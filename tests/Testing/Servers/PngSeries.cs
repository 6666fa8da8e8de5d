using System.Buffers.Binary;

namespace GameImages.Testing.Servers;

/// <summary>Valid PNG images of one size that differ only in a number, which is their gamma (PNG section 11.3.2.1).</summary>
/// <param name="bytes">The approximate length of each file.</param>
internal sealed class PngSeries(int bytes)
{
    private const int EndOfHeader = 33;

    private readonly byte[] plain = Pictures.Png(0, bytes);

    /// <summary>The bytes that distinguish the image with this number.</summary>
    public static byte[] Mark(int number)
    {
        var gamma = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(gamma, number + 1);
        return Pictures.Chunk("gAMA"u8, gamma);
    }

    public byte[] Image(int number) => [.. plain[..EndOfHeader], .. Mark(number), .. plain[EndOfHeader..]];
}
