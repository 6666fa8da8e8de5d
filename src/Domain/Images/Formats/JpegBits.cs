using System.Buffers.Binary;
using System.Numerics;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The bits of entropy-coded data, T.81 section F.2.2.5, up to the next marker. After FF, the data has a byte 0 that is not part of it.
/// Zeros follow the last bit, and <see cref="IsExhausted"/> tells whether any of them was taken.
/// </summary>
internal ref struct JpegBits(ReadOnlySpan<byte> file, int start)
{
    /// <summary>After <see cref="Fill"/>, the buffer has at least this many bits.</summary>
    public const int Filled = 32;

    private const ulong LowBits = 0x0101010101010101;
    private const ulong HighBits = 0x8080808080808080;

    private readonly ReadOnlySpan<byte> file = file;
    private int next = start;
    private int missing;

    /// <summary>The next bit is the highest one. The bits below <see cref="Count"/> are not defined.</summary>
    public ulong Buffer { get; set; }

    public int Count { get; set; }

    /// <summary>The position in the file up to which bits were read. It is at most 8 bytes after the last bit that was taken.</summary>
    public readonly int Position => next;

    public readonly bool IsExhausted => Count < missing;

    /// <summary>The bits that were read from the file and not taken.</summary>
    private readonly int Left => Count - missing;

    public void Fill()
    {
        if (Count < Filled)
            Refill();
    }

    public int Take(int length)
    {
        Fill();
        var taken = (int)(Buffer >> (63 - length) >> 1);
        Buffer <<= length;
        Count -= length;
        return taken;
    }

    public void Skip(int length)
    {
        for (; length > Filled; length -= Filled)
            Take(Filled);

        Take(length);
    }

    /// <summary>Reads bytes until the buffer is almost full.</summary>
    public void Refill()
    {
        if (next <= file.Length - sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64BigEndian(file[next..]);

            // This is not 0 if one of the bytes is FF.
            if (((~word - LowBits) & word & HighBits) == 0)
            {
                var bytes = (63 - Count) >> 3;
                Buffer |= word >> Count;
                Count += 8 * bytes;
                next += bytes;
                return;
            }
        }

        RefillByBytes();
    }

    /// <summary>Skips to the end of the byte that has the last bit taken.</summary>
    /// <param name="padding">The number of bits of that byte that were not taken.</param>
    /// <param name="isPaddedWithOnes">Whether those bits are ones, as section F.1.2.3 requires.</param>
    /// <returns>The position in the file after that byte.</returns>
    public readonly int FindEnd(out int padding, out bool isPaddedWithOnes)
    {
        var end = next;

        for (var bytes = Left / 8; bytes > 0; bytes--)
            end -= IsStuffed(end) ? 2 : 1;

        padding = Left % 8;
        isPaddedWithOnes = BitOperations.LeadingZeroCount(~Buffer) >= padding;
        return end;
    }

    private readonly bool IsStuffed(int end) => file[end - 1] == 0 && end >= 2 && file[end - 2] == JpegSegment.Prefix;

    private void RefillByBytes()
    {
        while (Count <= 56)
        {
            var isStuffed = next + 1 < file.Length && file[next] == JpegSegment.Prefix && file[next + 1] == 0;

            if (next >= file.Length || (file[next] == JpegSegment.Prefix && !isStuffed))
            {
                missing += 64 - Count;
                Count = 64;
                return;
            }

            Buffer |= (ulong)file[next] << (56 - Count);
            Count += 8;
            next += isStuffed ? 2 : 1;
        }
    }
}
