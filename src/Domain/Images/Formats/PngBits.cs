using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 1951, section 3.1.1: bits from the lowest to the highest of each byte. Up to 63 bits are buffered, so that a reader can look at the
/// next bits without a check of each byte.
/// </summary>
internal ref struct PngBits(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private ulong buffer;
    private int position;

    /// <summary>The number of buffered bits. It is negative after the reader has skipped bits that do not exist.</summary>
    public int Count { get; private set; }

    /// <summary>The number of bytes of which at least one bit was read.</summary>
    public readonly int BytesRead => position - Count / 8;

    /// <summary>Buffers at least 56 bits, or all that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (position <= bytes.Length - sizeof(ulong))
        {
            // Bits above the count are those of the next byte. The next refill writes the same bits again.
            buffer |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[position..]) << Count;
            position += (63 - Count) >> 3;
            Count |= 56;
            return;
        }

        for (; Count < 56 && position < bytes.Length; Count += 8)
            buffer |= (ulong)bytes[position++] << Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Peek(int count) => (int)buffer & ((1 << count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int PeekAfter(int skipped, int count) => (int)(buffer >> skipped) & ((1 << count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        buffer >>= count;
        Count -= count;
    }

    /// <returns>The value of the next bits, at most 16, which must be buffered.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(int count)
    {
        var value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>Skips the rest of a byte that was read in part.</summary>
    /// <returns>The value of the skipped bits.</returns>
    public int SkipToByte() => Take(Count & 7);

    /// <returns>The next bytes, or fewer if the input ends. The reader must be at the start of a byte.</returns>
    public ReadOnlySpan<byte> TakeBytes(int count)
    {
        position = BytesRead;
        Count = 0;
        buffer = 0;

        var taken = bytes.Slice(position, Math.Min(count, bytes.Length - position));
        position += taken.Length;
        return taken;
    }
}
