namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a section 22: the codes of a frame in a chain of sub-blocks. A sub-block has 1 to 255 bytes, and an empty one ends the chain.
/// </summary>
internal sealed class GifBlocks
{
    private byte[] data = [];
    private int length;
    private bool isUniform;

    /// <summary>The length of all sub-blocks but the last; 0 if there is only one.</summary>
    public int BlockLength { get; private set; }

    /// <summary>The chain has its end.</summary>
    public bool IsClosed { get; private set; }

    public ReadOnlySpan<byte> Data => data.AsSpan(0, length);

    public ReadOnlySpan<byte> PaddedData => data.AsSpan(0, length + GifBits.Padding);

    public void Read(ref ByteReader input)
    {
        length = 0;
        BlockLength = 0;
        isUniform = true;
        IsClosed = false;
        var last = 0;

        if (data.Length < input.Rest.Length + GifBits.Padding)
            data = GC.AllocateUninitializedArray<byte>(input.Rest.Length + GifBits.Padding);

        while (!input.AtEnd && !IsClosed)
        {
            int next = input.TakeByte("a sub-block");

            // The file may end before the last frame does, if all pixels are there.
            var block = input.Take(Math.Min(next, input.Rest.Length), "a sub-block");
            IsClosed = next == 0;

            if (IsClosed)
                break;

            if (length > 0 && BlockLength == 0)
                BlockLength = last;

            isUniform &= length == 0 || (last == BlockLength && next <= BlockLength);
            block.CopyTo(data.AsSpan(length));
            length += block.Length;
            last = next;
        }
    }

    /// <summary>All sub-blocks have this length, but the last may be shorter.</summary>
    public bool HasOnly(int blockLength) => isUniform && IsClosed && (BlockLength == 0 || BlockLength == blockLength);

    /// <summary>Writes the end code after the last code that a pixel needs. Decoders read nothing after it.</summary>
    /// <returns>False if the data were the same before.</returns>
    public bool EndAt(long position, int code, int bits)
    {
        var at = (int)(position / 8);
        var shift = (int)(position % 8);
        var value = (at < length ? data[at] & ((1 << shift) - 1) : 0) | code << shift;
        var newLength = (int)((position + bits + 7) / 8);
        var isChanged = newLength != length;

        for (; at < newLength; at++, value >>= 8)
        {
            isChanged |= data[at] != (byte)value;
            data[at] = (byte)value;
        }

        length = newLength;
        return isChanged;
    }

    public static byte[] Write(byte codeSize, ReadOnlySpan<byte> data, int blockLength)
    {
        var chain = new List<byte>(data.Length + data.Length / blockLength + 3) { codeSize };

        while (!data.IsEmpty)
        {
            var block = data[..Math.Min(blockLength, data.Length)];
            chain.Add((byte)block.Length);
            chain.AddRange(block);
            data = data[block.Length..];
        }

        chain.Add(0);
        return [.. chain];
    }
}
