using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.3: reads the bits of lossless data, from the lowest bit of each byte.</summary>
/// <param name="offset">The position of the first byte in the file.</param>
internal ref struct WebPBitReader(ReadOnlySpan<byte> bytes, int offset)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private ulong window;
    private int available;
    private int next;

    /// <summary>The number of bits that were read.</summary>
    public readonly long Position => 8L * next - available;

    /// <summary>Loads at least 56 bits, or all that are left. The bits after the end are zeros.</summary>
    /// <exception cref="ImageRefusedException">More bits were read than there are.</exception>
    public void Fill()
    {
        if (next + sizeof(ulong) <= bytes.Length)
        {
            window |= BinaryPrimitives.ReadUInt64LittleEndian(bytes[next..]) << available;
            var loaded = (63 - available) >> 3;
            next += loaded;
            available += 8 * loaded;
            return;
        }

        CheckEnd();

        while (available <= 56 && next < bytes.Length)
        {
            window |= (ulong)bytes[next++] << available;
            available += 8;
        }
    }

    /// <summary>The next 32 bits. They are complete only after <see cref="Fill"/>.</summary>
    public readonly uint Peek() => (uint)window;

    public void Skip(int bits)
    {
        window >>= bits;
        available -= bits;
    }

    /// <param name="bits">At most 24.</param>
    public uint Read(int bits)
    {
        Fill();
        var value = Peek() & ((1u << bits) - 1);
        Skip(bits);
        return value;
    }

    public bool ReadFlag() => Read(1) != 0;

    public readonly void CheckEnd()
    {
        if (available < 0)
            throw Refuse("The lossless data ends too early");
    }

    /// <param name="reason">A sentence without its full stop.</param>
    public readonly ImageRefusedException Refuse(string reason) => ImageRefusedException.Malformed(reason, offset + next);
}
