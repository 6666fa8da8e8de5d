using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The bits of entropy-coded data, T.81 section F.2.2.5, up to the next marker. Zeros follow the last bit.
/// </summary>
internal ref struct JpegBits
{
    /// <summary>A full buffer has at least this many bits.</summary>
    public const int Full = 56;

    /// <summary>The buffer for the data must have this many more bytes.</summary>
    public const int Padding = 16;

    // After Fill, the buffer has at least this many bits.
    private const int LongestTake = 32;

    private readonly int start;
    private readonly int length;

    /// <param name="file">The file.</param>
    /// <param name="start">The position of the first bit.</param>
    /// <param name="buffer">The data is copied to this place, without the byte 0 after each FF.</param>
    public JpegBits(ReadOnlySpan<byte> file, int start, Span<byte> buffer)
    {
        this.start = start;
        length = CopyData(file[start..], buffer);
        buffer.Slice(length, Padding).Clear();
        Data = buffer[..(length + Padding)];
    }

    /// <summary>The data, and zeros after it.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The next byte of the data.</summary>
    public int Next { get; set; }

    /// <summary>The next bit is the highest one. The bits below <see cref="Count"/> are not defined.</summary>
    public ulong Buffer { get; set; }

    public int Count { get; set; }

    /// <summary>The position in the file up to which bits were read. It is at most 8 bytes after the last bit that was taken.</summary>
    public readonly int Position => FindInFile(Math.Min(Next, length));

    private readonly bool IsExhausted => Taken > 8L * length;

    private readonly long Taken => 8L * Next - Count;

    /// <summary>Reads bytes if the buffer has fewer than 32 bits.</summary>
    /// <exception cref="ImageRefusedException">More bits were taken than there are.</exception>
    public void Fill()
    {
        if (Count < LongestTake)
            Refill();
    }

    /// <param name="length">At most 32.</param>
    public int Take(int length)
    {
        Fill();
        var taken = (int)(Buffer >> (63 - length) >> 1);
        Drop(length);
        return taken;
    }

    public void Skip(int length)
    {
        for (; length > LongestTake; length -= LongestTake)
            Take(LongestTake);

        Fill();
        Drop(length);
    }

    /// <summary>Takes bits that the buffer has.</summary>
    public void Drop(int length)
    {
        Buffer <<= length;
        Count -= length;
    }

    /// <summary>Skips to the end of the byte that has the last bit taken.</summary>
    /// <param name="padding">The number of bits of that byte that were not taken.</param>
    /// <param name="isPaddedWithOnes">Whether those bits are ones, as section F.1.2.3 requires.</param>
    /// <returns>The position in the file after that byte.</returns>
    /// <exception cref="ImageRefusedException">More bits were taken than there are.</exception>
    public readonly int FindEnd(out int padding, out bool isPaddedWithOnes)
    {
        if (IsExhausted)
            throw Refuse();

        var end = (int)((Taken + 7) / 8);
        padding = (int)(8L * end - Taken);
        isPaddedWithOnes = padding == 0 || (~Data[end - 1] & ((1 << padding) - 1)) == 0;
        return FindInFile(end);
    }

    /// <summary>Reports that the data has fewer bits than the blocks need.</summary>
    public readonly ImageRefusedException Refuse() =>
        ImageRefusedException.Malformed($"The scan data at byte {start} ends before its last block", FindInFile(length));

    /// <exception cref="ImageRefusedException">More bits were taken than there are.</exception>
    private void Refill()
    {
        if (Next > length + Padding - sizeof(ulong))
            throw Refuse();

        Buffer |= BinaryPrimitives.ReadUInt64BigEndian(Data[Next..]) >> Count;
        Next += (63 - Count) >> 3;
        Count |= Full;
    }

    private readonly int FindInFile(int end) => start + end + Data[..end].Count(JpegSegment.Prefix);

    /// <returns>The number of bytes up to the next marker, without the byte 0 after each FF.</returns>
    private static int CopyData(ReadOnlySpan<byte> file, Span<byte> target)
    {
        for (var copied = 0; ;)
        {
            var at = file.IndexOf(JpegSegment.Prefix);
            var isStuffed = at >= 0 && file[at..] is [_, 0, ..];
            var piece = at < 0 ? file : file[..(isStuffed ? at + 1 : at)];
            piece.CopyTo(target[copied..]);
            copied += piece.Length;

            if (!isStuffed)
                return copied;

            file = file[(at + 2)..];
        }
    }
}
