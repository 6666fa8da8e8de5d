using System.Buffers.Binary;
using System.Text;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 2.3: a tag of four characters, a length, and the content. A zero follows content of odd length.</summary>
internal readonly ref struct WebPChunk
{
    private const int HeaderLength = 8;

    private readonly int end;

    private WebPChunk(ReadOnlySpan<byte> whole, int offset, int end)
    {
        Whole = whole;
        Offset = offset;
        this.end = end;
    }

    public ReadOnlySpan<byte> Whole { get; }
    public int Offset { get; }

    public ReadOnlySpan<byte> Tag => Whole[..4];

    public ReadOnlySpan<byte> Content => Whole[HeaderLength..];

    /// <summary>The position of the content in the file.</summary>
    public Range Range => (Offset + HeaderLength)..(Offset + Whole.Length);

    /// <summary>The position in the file of the content and the zero byte after it.</summary>
    public Range PaddedRange => (Offset + HeaderLength)..end;

    public static WebPChunk Read(scoped ref ByteReader input)
    {
        var offset = input.Position;
        input.Take(4, "the tag of a chunk");
        var length = input.TakeUInt32LittleEndian("the length of a chunk");
        input.Take(length, "a chunk");
        var whole = input[offset..input.Position];

        // Some programs leave out the zero byte at the end of the file.
        if (length % 2 != 0 && !input.AtEnd)
            input.TakeByte("the padding of a chunk");

        return new(whole, offset, input.Position);
    }

    public static uint ReadUInt24(ReadOnlySpan<byte> bytes) => (uint)(bytes[0] | bytes[1] << 8 | bytes[2] << 16);

    /// <summary>The length in bytes of a chunk whose content has this length.</summary>
    public static int LengthOf(int contentLength) => HeaderLength + contentLength + contentLength % 2;

    public static int LengthOf(Range content) => LengthOf(content.End.Value - content.Start.Value);

    public static void WriteHeader(CleanCopy output, ReadOnlySpan<byte> tag, int contentLength)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        tag.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], contentLength);
        output.Append(header);
    }

    public static void Write(CleanCopy output, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content)
    {
        WriteHeader(output, tag, content.Length);
        output.Append(content);

        if (content.Length % 2 != 0)
            output.Append([0]);
    }

    public bool Is(ReadOnlySpan<byte> tag) => Tag.SequenceEqual(tag);

    /// <param name="fault">The end of the sentence, after the name of the chunk.</param>
    public ImageRefusedException Refuse(string fault)
    {
        // The tag may contain any bytes, and the message is written to logs and responses.
        var tag = Encoding.ASCII.GetString(Tag).Trim();
        var name = tag.All(char.IsAsciiLetterOrDigit) ? $"The chunk {tag}" : "A chunk with an invalid tag";
        return ImageRefusedException.Malformed($"{name} {fault}", Offset);
    }
}
