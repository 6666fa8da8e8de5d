using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 section 7: reads the bits of one partition of a lossy image. A copy in a local variable is faster.</summary>
internal struct WebPBooleanDecoder(int start, int length)
{
    private const int ValueBits = 8;
    private const int WindowBits = 64;
    private const int LoadedBytes = 7;

    // Encoders write some bytes more than decoders need: libwebp up to 3, libvpx up to 5.
    private const int FlushLength = 5;

    /// <summary>The number of bytes that must follow the last partition.</summary>
    public const int Padding = 2 * sizeof(ulong);

    // The number that the partition holds, less the sum of the bits that were read. The highest bits are compared to the range.
    private ulong window;
    private uint range = 255;
    private int available;
    private int next = start;

    public int Start { get; } = start;

    /// <summary>The position in the data after the partition.</summary>
    public int Limit { get; } = start + length;

    /// <summary>A bit was read that needs more bytes than there are. Decoders report an error, so the image is not complete.</summary>
    public readonly bool HasOverrun => End > Limit;

    /// <summary>The position after the bytes that are needed for the bits that were read.</summary>
    public readonly int End => next + 1 - available / 8;

    /// <param name="end">The position after the bytes to keep, if there are few that decoders do not need.</param>
    /// <param name="least">The least position after the bytes to keep.</param>
    /// <returns>The bytes of the partition that encoders write for the bits that were read. Those that no bit needs are zeros.</returns>
    public readonly byte[] Cut(byte[] data, int end, int least = 0)
    {
        var kept = Math.Max(least, End + FlushLength < end ? End : Math.Max(End, end));
        var bytes = data[Start..kept];
        bytes.AsSpan(End - Start).Clear();

        // What is left in the window changes no bit. Encoders write the number without it.
        var rest = available == 0 ? data[Start] : (uint)(window >> (WindowBits - ValueBits - available % 8));

        for (var i = End - Start - 1; rest != 0 && i >= 0; i--)
        {
            var difference = bytes[i] - (int)(rest & 0xFF);
            bytes[i] = (byte)difference;
            rest = (rest >> 8) + (difference < 0 ? 1u : 0);
        }

        return bytes;
    }

    /// <param name="data">The data that contains the partition, and <see cref="Padding"/>.</param>
    /// <param name="probability">The probability of a zero, in 256ths.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Read(byte[] data, int probability)
    {
        Normalize(data);
        var split = 1 + ((range - 1) * (uint)probability >> 8);
        var bigSplit = (ulong)split << (WindowBits - ValueBits);

        if (window >= bigSplit)
        {
            window -= bigSplit;
            range -= split;
            return true;
        }

        range = split;
        return false;
    }

    /// <summary>The same without a branch, for bits that a processor cannot predict.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadBit(byte[] data, int probability)
    {
        Normalize(data);
        var split = 1 + ((range - 1) * (uint)probability >> 8);
        var bigSplit = (ulong)split << (WindowBits - ValueBits);
        var bit = window >= bigSplit ? 1 : 0;
        window -= bigSplit & (ulong)-(long)bit;
        range = split ^ ((split ^ (range - split)) & (uint)-bit);
        return bit;
    }

    public bool ReadFlag(byte[] data) => Read(data, 128);

    /// <summary>Reads an unsigned number, from its highest bit.</summary>
    public int ReadNumber(byte[] data, int bits)
    {
        var number = 0;

        for (var i = 0; i < bits; i++)
            number = number << 1 | ReadBit(data, 128);

        return number;
    }

    /// <summary>Reads a number with a sign, after a flag which says that there is one.</summary>
    public void SkipOptional(byte[] data, int bits)
    {
        if (ReadFlag(data))
            ReadNumber(data, bits + 1);
    }

    // Each bit makes the range smaller. It must have 8 bits for the next one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Normalize(byte[] data)
    {
        var shift = BitOperations.LeadingZeroCount(range) - (32 - ValueBits);
        range <<= shift;
        window <<= shift;
        available -= shift;

        if (available < ValueBits)
        {
            // The bytes after the partition do not matter: an image that needs them is refused.
            var position = Math.Min(next, data.Length - sizeof(ulong));
            window |= (BinaryPrimitives.ReadUInt64BigEndian(data.AsSpan(position)) & ~0xFFul) >> available;
            next = position + LoadedBytes;
            available += 8 * LoadedBytes;
        }
    }
}
