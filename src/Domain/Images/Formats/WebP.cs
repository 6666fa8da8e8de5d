using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>WebP, RFC 9649 sections 2 and 3: a RIFF file whose first chunk (VP8, VP8L or VP8X) states the size.</summary>
internal static class WebP
{
    private const int ChunkAt = 12;
    private const int ContentAt = ChunkAt + 8;

    public static bool Starts(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= ChunkAt && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);

    public static ImageSize? ReadSize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ContentAt + 10)
            return null;

        var content = bytes[ContentAt..];
        return bytes.Slice(ChunkAt, 4) switch
        {
            var type when type.SequenceEqual("VP8X"u8) => new(1 + ReadUInt24(content[4..]), 1 + ReadUInt24(content[7..])),
            var type when type.SequenceEqual("VP8L"u8) => ReadLossless(content),
            var type when type.SequenceEqual("VP8 "u8) => ReadLossy(content),
            _ => null,
        };
    }

    // A signature byte, then width - 1 and height - 1 in 14 bits each.
    private static ImageSize? ReadLossless(ReadOnlySpan<byte> content)
    {
        if (content[0] != 0x2F)
            return null;

        var bits = BinaryPrimitives.ReadInt32LittleEndian(content[1..]);
        return new(1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
    }

    // A frame tag of 3 bytes and the start code of a key frame (RFC 6386 section 9.1), then 14 bits each.
    private static ImageSize? ReadLossy(ReadOnlySpan<byte> content)
    {
        if (content is not [_, _, _, 0x9D, 0x01, 0x2A, ..])
            return null;

        var width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF;
        return width > 0 && height > 0 ? new(width, height) : null;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
