namespace GameImages.Domain.Images.Formats;

/// <summary>A Huffman table, T.81 section B.2.4.2, with the codes of annex C. It remembers which values the scans use.</summary>
internal sealed class JpegHuffmanTable
{
    public const int MaxCodeLength = 16;
    public const int MaxValues = 256;

    /// <summary>Most codes have at most this many bits. One look into a table finds them.</summary>
    public const int LookupBits = 10;

    /// <summary>The value of the codes that no scan uses. Images of 8 bits never need it.</summary>
    public const byte Unused = 0x0F;

    /// <summary>What decoders make of bits that no code has: 17 bits with the value 0.</summary>
    public const int Missing = 17 << 8;

    /// <summary>The code may not be used.</summary>
    public const int Refused = 0;

    // For each start of the bits: the length of the code, times 256, and its value. Zero stands for a longer code, or for none.
    private readonly ushort[] lookup = new ushort[1 << LookupBits];

    // For each length: the first number of 16 bits that starts with no code of this length or a shorter one.
    private readonly int[] limits = new int[MaxCodeLength + 1];
    private readonly int[] firstCodes = new int[MaxCodeLength + 1];
    private readonly int[] firstValues = new int[MaxCodeLength + 1];
    private readonly bool[] isDuplicate;
    private readonly bool[] isUsed = new bool[MaxValues];
    private readonly byte[] counts;
    private readonly byte[] values;

    /// <param name="counts">The number of codes of each length from 1 to 16.</param>
    /// <param name="values">One value for each code.</param>
    public JpegHuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values)
    {
        this.counts = counts.ToArray();
        this.values = values.ToArray();
        isDuplicate = new bool[values.Length];
        IsValid = BuildCodes();
    }

    /// <summary>Whether there are enough codes of each length.</summary>
    public bool IsValid { get; }

    /// <summary>Whether the table may be used for DC coefficients, whose values are numbers of bits.</summary>
    public bool IsValidForDc => IsValid && values.All(value => value <= Unused);

    /// <summary>The bytes that no scan needs, and that have not been replaced.</summary>
    public int SpareBytes
    {
        get
        {
            var used = CountUsedCodes();
            var spare = values.Where((value, i) => value != Unused && !IsUsed(i)).Count();

            // The numbers of codes that are longer than the last one that a scan uses.
            for (var length = 1; length <= MaxCodeLength; length++)
                spare += counts[length - 1] > 0 && firstValues[length] >= used ? 1 : 0;

            return spare;
        }
    }

    /// <returns>
    /// The numbers of codes and the values, without what no scan needs. Codes after the last used one are left out. The values of the
    /// other unused codes are replaced.
    /// </returns>
    public byte[] WriteUsed()
    {
        var used = CountUsedCodes();
        var usedCounts = counts.Select((count, i) => (byte)Math.Clamp(used - firstValues[i + 1], 0, count));
        return [.. usedCounts, .. values.Take(used).Select((value, i) => IsUsed(i) ? value : Unused)];
    }

    /// <summary>Takes one code. Like decoders, this takes 17 bits if there is no such code, and continues with the value 0.</summary>
    public int Read(ref JpegBits bits, JpegScanHeader scan)
    {
        bits.Fill();
        var code = Find(bits.Buffer);

        if (code == Refused)
            throw scan.Refuse("uses a second code for one value, or a value that images of 8 bits do not have", bits.Position);

        bits.Take(code >> 8);

        if (code == Missing)
            scan.Faults.Add(scan, bits.Position);
        else
            isUsed[code & 0xFF] = true;

        return code & 0xFF;
    }

    /// <param name="buffer">The next bits. The first is the highest.</param>
    /// <returns>The length of the code times 256, and its value; or <see cref="Missing"/>, or <see cref="Refused"/>.</returns>
    public int Find(ulong buffer)
    {
        var found = lookup[buffer >> (64 - LookupBits)];

        if (found != 0)
            return found;

        var bits = (int)(buffer >> (64 - MaxCodeLength));

        for (var length = 1; length <= MaxCodeLength; length++)
        {
            if (bits < limits[length])
            {
                var value = firstValues[length] + (bits >> (MaxCodeLength - length)) - firstCodes[length];
                return CodeOf(length, value);
            }
        }

        return Missing;
    }

    /// <summary>The result of <see cref="Find"/> for all bits that start with these; 0 if further bits are needed.</summary>
    public int Lookup(int start) => lookup[start];

    public void MarkUsed(int value) => isUsed[value] = true;

    private bool BuildCodes()
    {
        var isKnown = new bool[MaxValues];

        for (var i = 0; i < values.Length; i++)
        {
            isDuplicate[i] = isKnown[values[i]];
            isKnown[values[i]] = true;
        }

        var code = 0;
        var at = 0;

        for (var length = 1; length <= MaxCodeLength; length++)
        {
            var shift = MaxCodeLength - length;
            firstCodes[length] = code;
            firstValues[length] = at;
            code += counts[length - 1];
            at += counts[length - 1];

            if (code > 1 << length)
                return false;

            limits[length] = code << shift;
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
                var start = (firstCodes[length] + i) << (LookupBits - length);
                lookup.AsSpan(start, 1 << (LookupBits - length)).Fill((ushort)CodeOf(length, firstValues[length] + i));
            }
        }
    }

    /// <summary>The number of codes up to the last one that a scan uses.</summary>
    private int CountUsedCodes()
    {
        var used = values.Length;

        while (used > 0 && !IsUsed(used - 1))
            used--;

        return used;
    }

    private bool IsUsed(int i) => isUsed[values[i]] && !isDuplicate[i];

    // A value that has two codes would let a file hide one bit in each use, so only the first code counts.
    private int CodeOf(int length, int i) => isDuplicate[i] || values[i] == Unused ? Refused : (length << 8) | values[i];
}
