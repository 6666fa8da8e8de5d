using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a specification, sections 17 and 18: the header, then the logical screen descriptor.</summary>
internal static class Gif
{
    public static bool Starts(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    public static ImageSize? ReadSize(ReadOnlySpan<byte> bytes)
    {
        const int screenAt = 6;
        const int screenLength = 7;

        if (bytes.Length < screenAt + screenLength)
            return null;

        var width = BinaryPrimitives.ReadUInt16LittleEndian(bytes[screenAt..]);
        var height = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(screenAt + 2)..]);
        return width > 0 && height > 0 ? new(width, height) : null;
    }
}
