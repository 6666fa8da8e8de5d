using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 1951, section 3.1.1: bits from the lowest to the highest of each byte. Up to 63 bits are buffered, so that a reader can look at the
/// next bits without a check of each byte.
/// </summary>
internal ref struct PngBits(ReadOnlySpan<byte> bytes)
{
    private ulong buffer;
    private int count;
    private int position;

    public readonly ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The reader has read bits that do not exist.</summary>
    public readonly bool IsExceeded => count < 0;

    /// <summary>The number of bytes that were read, also in part.</summary>
    public readonly int BytesRead => position - count / 8;

    /// <summary>Buffers at least 56 bits, or all that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Refill(ReadOnlySpan<byte> bytes, ref ulong buffer, ref int count, ref int position)
    {
        if (position <= bytes.Length - sizeof(ulong))
        {
            // Bits above the count are those of the next byte. The next refill writes the same bits again.
            buffer |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]) << count;
            position += (63 - count) >> 3;
            count |= 56;
            return;
        }

        for (; count < 56 && position < bytes.Length; count += 8)
            buffer |= (ulong)bytes[position++] << count;
    }

    /// <summary>Hands the state to a loop that keeps it in local variables.</summary>
    public readonly void Load(out ulong buffer, out int count, out int position)
    {
        buffer = this.buffer;
        count = this.count;
        position = this.position;
    }

    public void Store(ulong buffer, int count, int position)
    {
        this.buffer = buffer;
        this.count = count;
        this.position = position;
    }

    public void Refill() => Refill(Bytes, ref buffer, ref count, ref position);

    public readonly int Peek(int bits) => (int)buffer & ((1 << bits) - 1);

    public void Skip(int bits)
    {
        buffer >>= bits;
        count -= bits;
    }

    /// <returns>The value of the next bits, at most 16, which must be buffered.</returns>
    public int Take(int bits)
    {
        var value = Peek(bits);
        Skip(bits);
        return value;
    }

    /// <summary>Skips the rest of a byte that was read in part.</summary>
    /// <returns>The value of the skipped bits.</returns>
    public int SkipToByte() => Take(count & 7);

    /// <returns>The next bytes, or fewer if the input ends. The reader must be at the start of a byte.</returns>
    public ReadOnlySpan<byte> TakeBytes(int length)
    {
        position = BytesRead;
        count = 0;
        buffer = 0;

        var taken = Bytes.Slice(position, Math.Min(length, Bytes.Length - position));
        position += taken.Length;
        return taken;
    }
}
