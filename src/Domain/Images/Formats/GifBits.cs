using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a appendix F: the codes of a frame, which are numbers of 2 to 12 bits. The first bit is the lowest one.</summary>
internal ref struct GifBits(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;
    private ulong pending;
    private int pendingBits;
    private int next;

    /// <summary>The number of bits that have been taken.</summary>
    public readonly long Position => 8L * next - pendingBits;

    /// <returns>False if the data end before the code does.</returns>
    public bool TryTake(int bits, out int code)
    {
        if (pendingBits < bits)
            Fill();

        code = (int)pending & ((1 << bits) - 1);

        if (pendingBits < bits)
            return false;

        pending >>= bits;
        pendingBits -= bits;
        return true;
    }

    private void Fill()
    {
        if (data.Length - next >= sizeof(ulong))
        {
            pending |= BinaryPrimitives.ReadUInt64LittleEndian(data[next..]) << pendingBits;
            var bytes = (63 - pendingBits) / 8;
            next += bytes;
            pendingBits += 8 * bytes;
            pending &= ulong.MaxValue >> (64 - pendingBits);
            return;
        }

        while (next < data.Length && pendingBits <= 56)
        {
            pending |= (ulong)data[next++] << pendingBits;
            pendingBits += 8;
        }
    }
}
