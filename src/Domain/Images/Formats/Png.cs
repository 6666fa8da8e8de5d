using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG, W3C Recommendation (third edition), sections 5.2 and 11.2.1: the signature, then IHDR.</summary>
internal static class Png
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Header => [0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];

    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    public static ImageSize? ReadSize(ReadOnlySpan<byte> bytes)
    {
        const int sizeAt = 16;

        if (bytes.Length < sizeAt + 8 || !bytes[8..].StartsWith(Header))
            return null;

        var width = BinaryPrimitives.ReadInt32BigEndian(bytes[sizeAt..]);
        var height = BinaryPrimitives.ReadInt32BigEndian(bytes[(sizeAt + 4)..]);
        return width > 0 && height > 0 ? new(width, height) : null;
    }
}
