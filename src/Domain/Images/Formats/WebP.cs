using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// WebP, RFC 9649 section 2: a RIFF file with one image chunk, or with the chunks of the extended format. The copy leaves out all bytes
/// after the RIFF file, and every chunk that does not belong to the image.
/// </summary>
internal static class WebP
{
    private const int HeaderLength = 12;
    private const int TagLength = 4;

    public static bool IsStartOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderLength && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);

    public static void Walk(ref ByteReader input, CleanCopy output, Canvas canvas)
    {
        input.Take(TagLength, "the RIFF header");
        var size = input.TakeUInt32LittleEndian("the RIFF header");

        if (size > input.Rest.Length)
            throw ImageRefusedException.Malformed($"The RIFF header states {size} bytes, and only {input.Rest.Length} follow", TagLength);
        if (size < TagLength)
            throw ImageRefusedException.Malformed($"The RIFF header states {size} bytes; the minimum is {TagLength}", TagLength);

        var chunks = input.Within(HeaderLength..(2 * TagLength + (int)size));
        var first = WebPChunk.Read(ref chunks);

        if (first.Is("VP8X"u8))
        {
            new WebPExtended(first, canvas).Walk(ref chunks, output);
            return;
        }

        // In the simple format, decoders read only the image, which is the first chunk.
        var image = WebPBitstream.Read(first);
        canvas.SetSize(image.Width, image.Height, first.Offset);
        canvas.AddFrame(first.Offset);
        var clean = image.Clean(chunks);

        // Libwebp reads the header of the chunk that follows, and shows nothing if it is broken.
        if (!chunks.AtEnd)
            WebPChunk.Read(ref chunks);

        WriteHeader(output, WebPChunk.LengthOf(clean.Length));
        WebPChunk.Write(output, image.Tag, clean.Read(chunks));
    }

    // The RIFF header has 12 bytes. The first chunk follows it, with a tag and a length of 4 bytes each.
    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> bytes)
    {
        // The shortest file is a lossless image of one color. It is shorter than the headers of the other two formats.
        if (bytes.Length < 25)
            return null;

        var tag = bytes.Slice(HeaderLength, TagLength);
        var content = bytes[(HeaderLength + 2 * TagLength)..];

        if (tag.SequenceEqual("VP8X"u8) && content.Length >= 10)
            return (1 + WebPChunk.ReadUInt24(content[4..]), 1 + WebPChunk.ReadUInt24(content[7..]));

        if (tag.SequenceEqual("VP8L"u8) && content[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            return (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
        }

        if (tag.SequenceEqual("VP8 "u8) && content is [_, _, _, 0x9D, 0x01, 0x2A, _, _, _, _, ..])
        {
            var width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF;
            var height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF;
            return (width, height);
        }

        return null;
    }

    /// <param name="length">The length of all chunks together, in bytes.</param>
    public static void WriteHeader(CleanCopy output, int length)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[TagLength..], TagLength + length);
        "WEBP"u8.CopyTo(header[(2 * TagLength)..]);
        output.Append(header);
    }
}
