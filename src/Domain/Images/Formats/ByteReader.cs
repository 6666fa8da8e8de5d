using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>A cursor over a file that refuses to go beyond its end, whatever length the file claims for a part.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == bytes.Length;

    public readonly ReadOnlySpan<byte> Rest => bytes[Position..];

    public readonly ReadOnlySpan<byte> this[Range range] => bytes[range];

    public ReadOnlySpan<byte> Take(long length, string part)
    {
        if (length > bytes.Length - Position)
            throw ImageRefusedException.Malformed($"The file ends before {part} does", Position);

        var taken = bytes.Slice(Position, (int)length);
        Position += taken.Length;
        return taken;
    }

    public byte TakeByte(string part) => Take(1, part)[0];

    public ushort TakeUInt16BigEndian(string part) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, part));

    public uint TakeUInt32BigEndian(string part) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, part));

    public uint TakeUInt32LittleEndian(string part) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, part));

    /// <summary>A reader of one part, whose positions are still those in the file.</summary>
    public readonly ByteReader Within(Range part) => new(bytes[..part.End.Value]) { Position = part.Start.Value };
}
