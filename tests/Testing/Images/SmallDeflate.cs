using System.Buffers.Binary;

namespace GameImages.Testing.Images;

/// <summary>Writes a zlib stream of deflate blocks (RFC 1951) that usual encoders do not write.</summary>
public sealed class SmallDeflate
{
    private readonly List<byte> bytes = [0x78, 0x01];
    private int usedBits = 8;

    /// <param name="padding">The bits between the type of the block and its length; zeros from usual encoders.</param>
    public SmallDeflate Stored(ReadOnlySpan<byte> content, bool isLast = false, int padding = 0)
    {
        Add(isLast ? 1 : 0, 3);
        Add(padding, 8 - usedBits);
        Add(content.Length, 16);
        Add(~content.Length, 16);
        bytes.AddRange(content);
        return this;
    }

    /// <summary>Writes a block that repeats the last 32,768 bytes: as many times as stated, 258 bytes of them.</summary>
    public SmallDeflate Repeated(int times)
    {
        Add(2, 3);

        for (var i = 0; i < times; i++)
        {
            // The length 258, and the distance 29 with its extra bits.
            Add(0xA3, 8);
            Add(0x17, 5);
            Add(0x1FFF, 13);
        }

        Add(0, 7);
        return this;
    }

    public SmallDeflate EmptyFixed(bool isLast = false)
    {
        Add((isLast ? 1 : 0) | 2, 3);
        Add(0, 7);
        return this;
    }

    /// <summary>
    /// Writes a block without bytes. It states codes for 128 literals, and each bit of the payload decides which of two codes is longer.
    /// </summary>
    public SmallDeflate EmptyDynamic(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 8)
            throw new ArgumentException("The payload must have 8 bytes.", nameof(payload));

        Add(4, 3);
        Add(0, 5);
        Add(0, 5);
        Add(15, 4);

        // The lengths 0 to 15 have codes of 4 bits, and the repetitions 16 to 18, which are stated first, have none.
        for (var i = 0; i < 19; i++)
            Add(i < 3 ? 0 : 4, 3);

        for (var i = 0; i < 64; i++)
        {
            var bit = (payload[i / 8] >> (i % 8)) & 1;
            AddLength(7 + bit);
            AddLength(8 - bit);
        }

        for (var literal = 128; literal < 256; literal++)
            AddLength(0);

        // The end of the block has the shortest code, 00. One distance has a code.
        AddLength(2);
        AddLength(1);
        Add(0, 2);
        return this;
    }

    /// <returns>The stream with the checksum (Adler-32) of the content.</returns>
    public byte[] End(ReadOnlySpan<byte> content)
    {
        uint low = 1, high = 0;

        foreach (var value in content)
        {
            low = (low + value) % 65521;
            high = (high + low) % 65521;
        }

        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, (high << 16) | low);
        return [.. bytes, .. checksum];
    }

    // The bits of a code start with the highest.
    private void AddLength(int length)
    {
        for (var bit = 3; bit >= 0; bit--)
            Add(length >> bit, 1);
    }

    private void Add(int value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (usedBits == 8)
            {
                bytes.Add(0);
                usedBits = 0;
            }

            bytes[^1] |= (byte)(((value >> i) & 1) << usedBits++);
        }
    }
}
