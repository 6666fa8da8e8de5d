namespace GameImages.Domain.Images.Formats;

/// <summary>The codes of a Huffman table, T.81 annex C, and how to find them in the bits of a scan.</summary>
internal sealed class JpegHuffmanCodes
{
    public const int MaxLength = 16;

    /// <summary>Most codes have at most this many bits. One look into a table finds them.</summary>
    public const int LookupBits = 11;

    /// <summary>The value of the codes that no scan uses. Images of 8 bits never need it.</summary>
    public const byte Unused = 0x0F;

    /// <summary>What decoders make of bits that no code has: 17 bits with the value 0.</summary>
    public const int Missing = 17 << 8;

    /// <summary>The bit of a code that has the value of another code, or too many bits for an image of 8 bits.</summary>
    public const int Redundant = 1 << 16;

    // For each start of the bits: the length of the code, times 256, and its value. Zero stands for a longer code, or for none.
    private readonly ushort[] lookup = new ushort[1 << LookupBits];

    // For each length: the first number of 16 bits that starts with no code of this length or a shorter one.
    private readonly int[] limits = new int[MaxLength + 1];
    private readonly int[] firstCodes = new int[MaxLength + 1];
    private readonly int[] firstValues = new int[MaxLength + 1];
    private readonly bool[] isRedundant;
    private readonly bool[] isRedundantUsed;
    private readonly byte[] counts;
    private readonly byte[] values;

    /// <param name="counts">The number of codes of each length from 1 to 16.</param>
    /// <param name="values">One value for each code.</param>
    /// <param name="maxBits">The most bits that a coefficient can need.</param>
    public JpegHuffmanCodes(byte[] counts, byte[] values, int maxBits)
    {
        this.counts = counts;
        this.values = values;
        isRedundant = new bool[values.Length];
        isRedundantUsed = new bool[values.Length];
        IsValid = Build(maxBits);
    }

    /// <summary>Whether there are enough codes of each length.</summary>
    public bool IsValid { get; }

    /// <param name="buffer">The next bits. The first is the highest.</param>
    /// <returns>The length of the code times 256, and its value, perhaps with <see cref="Redundant"/>; or <see cref="Missing"/>.</returns>
    public int Find(ulong buffer)
    {
        var found = lookup[buffer >> (64 - LookupBits)];

        if (found != 0)
            return found;

        var bits = (int)(buffer >> (64 - MaxLength));

        for (var length = 1; length <= MaxLength; length++)
        {
            if (bits < limits[length])
                return UseLong(length, firstValues[length] + (bits >> (MaxLength - length)) - firstCodes[length]);
        }

        return Missing;
    }

    /// <summary>The result of <see cref="Find"/> for all bits that start with these; 0 if further bits are needed.</summary>
    public int Lookup(int start) => lookup[start];

    /// <summary>The number of values before those of the codes of this length.</summary>
    public int FirstValue(int length) => firstValues[length];

    /// <summary>Whether this is a redundant code.</summary>
    public bool IsRedundant(int i) => isRedundant[i];

    /// <summary>Whether this is a redundant code that a scan uses.</summary>
    public bool IsRedundantUsed(int i) => isRedundantUsed[i];

    private bool Build(int maxBits)
    {
        var isKnown = new bool[JpegHuffmanTable.MaxValues];

        for (var i = 0; i < values.Length; i++)
        {
            isRedundant[i] = isKnown[values[i]] || (values[i] & 0x0F) > maxBits;
            isKnown[values[i]] = true;
        }

        var code = 0;
        var at = 0;

        for (var length = 1; length <= MaxLength; length++)
        {
            firstCodes[length] = code;
            firstValues[length] = at;
            code += counts[length - 1];
            at += counts[length - 1];

            // A code must not have only ones.
            if (code >= 1 << length)
                return false;

            limits[length] = code << (MaxLength - length);
            code <<= 1;
        }

        FillLookup();
        return true;
    }

    private void FillLookup()
    {
        for (var length = 1; length <= LookupBits; length++)
        {
            for (var i = 0; i < counts[length - 1]; i++)
            {
                var value = firstValues[length] + i;
                var start = (firstCodes[length] + i) << (LookupBits - length);
                lookup.AsSpan(start, 1 << (LookupBits - length)).Fill((ushort)(isRedundant[value] ? 0 : (length << 8) | values[value]));
            }
        }
    }

    // A value that has two codes lets a file hide one bit in each use, so the uses of the second code are counted.
    private int UseLong(int length, int i)
    {
        isRedundantUsed[i] = isRedundant[i];
        return (isRedundant[i] ? Redundant : 0) | (length << 8) | values[i];
    }
}
