using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>A cursor over a file. It never reads beyond the end, whatever length the file claims for a part.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == bytes.Length;

    public readonly ReadOnlySpan<byte> Rest => bytes[Position..];

    public readonly ReadOnlySpan<byte> All => bytes;

    public readonly ReadOnlySpan<byte> this[Range range] => bytes[range];

    /// <param name="part">The name of the part in the message of the exception.</param>
    /// <exception cref="ImageRefusedException">The file ends before the part does.</exception>
    public ReadOnlySpan<byte> Take(long length, string part)
    {
        if (length > bytes.Length - Position)
            throw ImageRefusedException.Malformed($"The file ends before the end of {part}", Position);

        var taken = bytes.Slice(Position, (int)length);
        Position += taken.Length;
        return taken;
    }

    public byte TakeByte(string part) => Take(1, part)[0];

    public ushort TakeUInt16BigEndian(string part) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, part));

    public uint TakeUInt32BigEndian(string part) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, part));

    public uint TakeUInt32LittleEndian(string part) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, part));

    /// <summary>Creates a reader of one part. Its positions are still positions in the file.</summary>
    public readonly ByteReader Within(Range part) => new(bytes[..part.End.Value]) { Position = part.Start.Value };
}
