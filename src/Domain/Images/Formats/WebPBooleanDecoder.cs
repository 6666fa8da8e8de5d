using System.Numerics;
using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 6386 section 7: reads the bits of one partition of a lossy image. A copy in a local variable is faster.</summary>
internal struct WebPBooleanDecoder(int start, int length)
{
    private const int WindowBits = 64;

    private ulong window;
    private uint range = 255;
    private int available;
    private int next = start;

    public int Start { get; } = start;

    /// <summary>The position in the data after the partition.</summary>
    public int Limit { get; } = start + length;

    /// <summary>A bit was read that needs more bytes than there are. Decoders report an error, so the image is not complete.</summary>
    public readonly bool HasOverrun => next > Limit;

    /// <summary>The position after the bytes that are needed for the bits that were read. It is at most one byte too large.</summary>
    public readonly int End => Math.Min(Limit, next + 1 - available / 8);

    /// <param name="data">The data that contains the partition.</param>
    /// <param name="probability">The probability of a zero, in 256ths.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ReadOnlySpan<byte> data, int probability)
    {
        if (available < 8)
        {
            if (next < Limit)
                window |= (ulong)data[next] << (WindowBits - 8 - available);

            next++;
            available += 8;
        }

        var split = 1 + ((range - 1) * (uint)probability >> 8);
        var bigSplit = (ulong)split << (WindowBits - 8);
        var bit = 0;

        if (window >= bigSplit)
        {
            window -= bigSplit;
            range -= split;
            bit = 1;
        }
        else
        {
            range = split;
        }

        var shift = BitOperations.LeadingZeroCount(range) - 24;
        range <<= shift;
        window <<= shift;
        available -= shift;
        return bit;
    }

    public bool ReadFlag(ReadOnlySpan<byte> data) => Read(data, 128) != 0;

    /// <summary>Reads an unsigned number, from its highest bit.</summary>
    public int ReadNumber(ReadOnlySpan<byte> data, int bits)
    {
        var number = 0;

        for (var i = 0; i < bits; i++)
            number = number << 1 | Read(data, 128);

        return number;
    }

    /// <summary>Reads a number with a sign, after a flag which says that there is one.</summary>
    public void SkipOptional(ReadOnlySpan<byte> data, int bits)
    {
        if (ReadFlag(data))
            ReadNumber(data, bits + 1);
    }
}
