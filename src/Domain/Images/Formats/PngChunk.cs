using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace GameImages.Domain.Images.Formats;

/// <summary>PNG section 5.3: a length, a type, the content, and a CRC of type and content.</summary>
internal readonly ref struct PngChunk
{
    public const uint Header = 0x49484452; // IHDR
    public const uint Palette = 0x504C5445; // PLTE
    public const uint Data = 0x49444154; // IDAT
    public const uint End = 0x49454E44; // IEND
    public const uint Transparency = 0x74524E53; // tRNS
    public const uint Exif = 0x65584966; // eXIf
    public const uint AnimationControl = 0x6163544C; // acTL
    public const uint FrameControl = 0x6663544C; // fcTL
    public const uint FrameData = 0x66644154; // fdAT

    private const int FrameLength = 12;

    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private PngChunk(ReadOnlySpan<byte> whole, int offset)
    {
        Whole = whole;
        Offset = offset;
        Type = BinaryPrimitives.ReadUInt32BigEndian(whole[4..]);
        IsIntact = Crc32.HashToUInt32(whole[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(whole[^4..]);
    }

    public uint Type { get; }
    public ReadOnlySpan<byte> Whole { get; }
    public int Offset { get; }

    public ReadOnlySpan<byte> Content => Whole[8..^4];

    /// <summary>Decoders may ignore the chunk. Bit 5 of the first letter says so (section 5.4).</summary>
    public bool IsAncillary => (Type & 0x20000000) != 0;

    /// <summary>The CRC is that of the type and the content.</summary>
    public bool IsIntact { get; }

    public Range ContentRange => (Offset + 8)..(Offset + Whole.Length - 4);

    public static PngChunk Read(scoped ref ByteReader input)
    {
        var offset = input.Position;
        var length = input.TakeUInt32BigEndian("the length of a chunk");
        input.Take((long)length + 8, "a chunk");
        var chunk = new PngChunk(input[offset..input.Position], offset);

        if (!chunk.IsAncillary && chunk.Whole[4..8].ContainsAnyExcept(Letters))
            throw ImageRefusedException.Malformed("The type of a chunk is not four letters", offset + 4);

        return chunk;
    }

    /// <returns>Whether the bytes start with another chunk of this type.</returns>
    public bool IsFollowedBySame(ReadOnlySpan<byte> rest) => rest.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) == Type;

    public static Range WholeOf(Range content) => (content.Start.Value - 8)..(content.End.Value + 4);

    public static void Write(CleanCopy output, uint type, ReadOnlySpan<byte> content) => output.Append(Create(type, content));

    public static byte[] Create(uint type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[FrameLength + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), type);
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc32.HashToUInt32(chunk.AsSpan(4..^4)));
        return chunk;
    }

    /// <param name="fault">The end of the sentence, after the name of the chunk.</param>
    public ImageRefusedException Refuse(string fault) => ImageRefusedException.Malformed($"The chunk {Name(Type)} {fault}", Offset);

    public void CheckLength(int expected)
    {
        if (Content.Length != expected)
            throw Refuse($"has {Content.Length} bytes; it must have {expected}");
    }

    private static string Name(uint type) => Encoding.Latin1.GetString(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(type)));
}
