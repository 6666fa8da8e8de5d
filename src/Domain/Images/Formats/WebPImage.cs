using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 sections 2.5, 2.6 and 3.4, RFC 6386 section 9.1: the header of a chunk VP8 or VP8L.</summary>
/// <param name="Content">Where the chunk's content lies in the file.</param>
internal readonly record struct WebPImage(bool IsLossless, Range Content, uint Width, uint Height, bool HasAlpha)
{
    private static ReadOnlySpan<byte> Lossy => "VP8 "u8;

    private static ReadOnlySpan<byte> Lossless => "VP8L"u8;

    public ReadOnlySpan<byte> Tag => IsLossless ? Lossless : Lossy;

    public static bool Is(WebPChunk chunk) => chunk.Is(Lossy) || chunk.Is(Lossless);

    public static WebPImage Read(WebPChunk chunk) =>
        chunk.Is(Lossless) ? ReadLossless(chunk)
        : chunk.Is(Lossy) ? ReadLossy(chunk)
        : throw chunk.Refuse("stands where the image must");

    // A signature byte; then, from the lowest bit on, width - 1 and height - 1 in 14 bits each, whether there is alpha, and the version in 3 bits.
    private static WebPImage ReadLossless(WebPChunk chunk)
    {
        if (chunk.Content.Length <= 5 || chunk.Content[0] != 0x2F)
            throw chunk.Refuse("has no header of a lossless image");

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk.Content[1..]);

        if (bits >> 29 != 0)
            throw chunk.Refuse($"has version {bits >> 29}, which does not exist");

        return new(true, chunk.Range, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), (bits >> 28 & 1) != 0);
    }

    // A frame tag of 3 bytes: from the lowest bit on, not a key frame (1), version (3), to be shown (1), length of the first partition (19). Then
    // the start code of a key frame, width and height in 14 bits each, and the first partition.
    private static WebPImage ReadLossy(WebPChunk chunk)
    {
        const int headerLength = 10;
        var content = chunk.Content;

        if (content.Length <= headerLength || content is not [_, _, _, 0x9D, 0x01, 0x2A, ..])
            throw chunk.Refuse("has no header of a lossy image");

        var tag = (uint)(content[0] | content[1] << 8 | content[2] << 16);

        if ((tag & 1) != 0 || (tag >> 1 & 7) > 3 || (tag >> 4 & 1) == 0)
            throw chunk.Refuse("has no key frame that is shown");
        if (tag >> 5 > content.Length - headerLength)
            throw chunk.Refuse("ends within its first partition");

        var width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFFu;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFFu;
        return new(false, chunk.Range, width, height, false);
    }
}
