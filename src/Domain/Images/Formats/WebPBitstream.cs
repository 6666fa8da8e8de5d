using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>The header of a chunk VP8 or VP8L, which holds the pixels: RFC 9649 sections 2.5, 2.6 and 3.4, RFC 6386 section 9.1.</summary>
/// <param name="Content">The position of the content in the file.</param>
/// <param name="Readable">The content and its padding. Libwebp reads both.</param>
internal readonly record struct WebPBitstream(bool IsLossless, Range Content, Range Readable, uint Width, uint Height, bool HasAlpha)
{
    private const int LosslessHeaderLength = 5;

    // Chromium shows no file of fewer than 30 bytes. The other bytes are the headers of the file and of the chunk.
    private const int MinLosslessLength = 10;

    private static ReadOnlySpan<byte> Lossy => "VP8 "u8;

    private static ReadOnlySpan<byte> Lossless => "VP8L"u8;

    public ReadOnlySpan<byte> Tag => IsLossless ? Lossless : Lossy;

    public static bool IsNext(ByteReader input) => input.Rest.StartsWith(Lossy) || input.Rest.StartsWith(Lossless);

    /// <returns>The content without the bytes that decoders do not read.</returns>
    /// <param name="input">A reader of the whole file, at any position.</param>
    /// <exception cref="ImageRefusedException">The image is not complete, or it has invalid codes.</exception>
    public WebPContent Clean(ByteReader input)
    {
        if (!IsLossless)
            return WebPLossy.Clean(this, input);

        var data = (Content.Start.Value + LosslessHeaderLength)..Readable.End;
        var declared = Content.End.Value - Content.Start.Value;
        var unused = HasAlpha ? WebPUnusedBits.None : WebPUnusedBits.Alpha;
        var bits = WebPLossless.Measure(input[data], Width, Height, data.Start.Value, unused);
        return WebPContent.Cut(Readable, input, 8 * LosslessHeaderLength + bits, Math.Min(MinLosslessLength, declared));
    }

    public static WebPBitstream Read(WebPChunk chunk)
    {
        if (chunk.Is(Lossless))
            return ReadLossless(chunk);
        if (chunk.Is(Lossy))
            return ReadLossy(chunk);

        throw chunk.Refuse("comes where the image must come");
    }

    // A signature byte, then from the lowest bit: width - 1 and height - 1 in 14 bits each, alpha in 1 bit, and the version in 3 bits.
    private static WebPBitstream ReadLossless(WebPChunk chunk)
    {
        if (chunk.Content.Length <= LosslessHeaderLength || chunk.Content[0] != 0x2F)
            throw chunk.Refuse("has no valid header of a lossless image");

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk.Content[1..]);

        if (bits >> 29 != 0)
            throw chunk.Refuse($"has version {bits >> 29}, which does not exist");

        return new(true, chunk.Range, chunk.PaddedRange, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF), (bits >> 28 & 1) != 0);
    }

    // A frame tag of 3 bytes, from the lowest bit: 0 for a key frame (1 bit), version (3), 1 for a visible frame (1), length of the first
    // partition (19). Then the start code of a key frame, width and height in 14 bits each, and the first partition.
    private static WebPBitstream ReadLossy(WebPChunk chunk)
    {
        var content = chunk.Content;

        if (content.Length <= WebPLossy.HeaderLength || content is not [_, _, _, 0x9D, 0x01, 0x2A, ..])
            throw chunk.Refuse("has no valid header of a lossy image");

        var tag = (uint)(content[0] | content[1] << 8 | content[2] << 16);

        if ((tag & 1) != 0 || (tag >> 1 & 7) > 3 || (tag >> 4 & 1) == 0)
            throw chunk.Refuse("does not start with a visible key frame");
        if (tag >> 5 > content.Length - WebPLossy.HeaderLength)
            throw chunk.Refuse("ends within its first partition");

        var width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFFu;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFFu;
        return new(false, chunk.Range, chunk.PaddedRange, width, height, false);
    }
}
