namespace GameImages.Testing.Images;

/// <summary>Writes bits of lossless WebP data, from the lowest bit of each byte.</summary>
public sealed class WebPBits
{
    private readonly List<bool> bits = [];

    /// <summary>The bits as bytes. The rest of the last byte is zero.</summary>
    public byte[] Bytes
    {
        get
        {
            var bytes = new byte[(bits.Count + 7) / 8];

            for (var i = 0; i < bits.Count; i++)
                if (bits[i])
                    bytes[i / 8] |= (byte)(1 << i % 8);

            return bytes;
        }
    }

    public WebPBits Write(int value, int count)
    {
        for (var i = 0; i < count; i++)
            bits.Add((value >> i & 1) != 0);

        return this;
    }

    /// <summary>A prefix code of one symbol, which takes no bits.</summary>
    public WebPBits WriteCode(int symbol) => Write(0b101, 3).Write(symbol, 8);

    /// <summary>A prefix code of two symbols, which takes one bit.</summary>
    public WebPBits WriteCode(int first, int second) => Write(0b111, 3).Write(first, 8).Write(second, 8);

    /// <summary>Prefix codes for pixels whose green has one of two values, and which are otherwise black and opaque.</summary>
    public WebPBits WriteGroup(int firstGreen, int secondGreen) =>
        WriteCode(firstGreen, secondGreen).WriteCode(0).WriteCode(0).WriteCode(255).WriteCode(0);

    /// <summary>A prefix code whose symbols have these lengths, of 0 to 3 bits. The lengths themselves take two bits each.</summary>
    public WebPBits WriteLengths(params (int Symbol, int Length)[] lengths)
    {
        // The codes of the lengths 0, 1, 2 and 3 have two bits: 00, 01, 10 and 11.
        Write(0, 1).Write(2, 4).Write(0, 3).Write(0, 3).Write(2, 3).Write(2, 3).Write(2, 3).Write(2, 3).Write(0, 1);

        for (var symbol = 0; symbol < 256 + 24; symbol++)
        {
            var length = lengths.FirstOrDefault(entry => entry.Symbol == symbol).Length;
            Write(length >> 1, 1).Write(length, 1);
        }

        return this;
    }

    /// <summary>A prefix code of 2 to the power of <paramref name="bits"/> symbols, which have codes of one length.</summary>
    public WebPBits WriteFlat(int bits)
    {
        // Only the length that all symbols have gets a code. It takes no bits, because it is the only one.
        ReadOnlySpan<int> order = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        var count = order.IndexOf(bits) + 1;
        Write(0, 1).Write(count - 4, 4);

        for (var i = 0; i < count; i++)
            Write(order[i] == bits ? 1 : 0, 3);

        // The number of the symbols with a length, less 2, in 2 + 2 x 3 bits.
        return Write(1, 1).Write(3, 3).Write((1 << bits) - 2, 8);
    }
}
