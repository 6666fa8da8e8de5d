namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 1951, section 3.2.2: a table that maps the next bits to a symbol. An entry has these bits: 0-5 the length of the code, 6-9 the
/// number of extra bits, 10-14 the number of the length or distance symbol, 16-30 a literal or the base of a length or distance.
/// </summary>
internal static class PngHuffman
{
    public const int MaxBits = 15;

    /// <summary>The entry is a literal byte.</summary>
    public const uint Literal = 1u << 30;

    /// <summary>The entry is neither a literal nor a length or distance.</summary>
    public const uint Special = 1u << 31;

    /// <summary>The end of the block.</summary>
    public const uint EndOfBlock = Special | (1 << 15);

    /// <returns>The base of a length or distance, or the position of a second table.</returns>
    public static int Base(uint entry) => (int)(entry >> 16) & 0x7FFF;

    public static int ExtraBits(uint entry) => (int)(entry >> 6) & 15;

    public static int Number(uint entry) => (int)(entry >> 10) & 31;

    /// <returns>The length of a table that is large enough for every code. A second table has at least two symbols.</returns>
    public static int TableLength(int tableBits, int symbols) => (1 << tableBits) + (symbols / 2 << (MaxBits - tableBits));

    /// <param name="lengths">The length of each symbol's code; 0 for a symbol without a code.</param>
    /// <param name="symbols">The entry of each symbol, without the length of the code.</param>
    /// <param name="tableBits">
    /// The table starts with 2^tableBits entries. Codes that are longer have entries in a second table, to which a special entry leads.
    /// </param>
    /// <returns>Whether the lengths are those of a code. A code with only one symbol may be incomplete.</returns>
    public static bool TryBuild(ReadOnlySpan<byte> lengths, ReadOnlySpan<uint> symbols, Span<uint> table, int tableBits)
    {
        Span<int> counts = stackalloc int[MaxBits + 1];
        counts.Clear();

        foreach (var length in lengths)
            counts[length]++;

        var codes = lengths.Length - counts[0];
        counts[0] = 0;
        table[..(1 << tableBits)].Fill(Special);

        Span<int> next = stackalloc int[MaxBits + 1];
        var longest = 0;
        var code = 0;

        for (var length = 1; length <= MaxBits; length++)
        {
            code = (code + counts[length - 1]) << 1;
            next[length] = code;

            if (code + counts[length] > 1 << length)
                return false;
            if (counts[length] > 0)
                longest = length;
        }

        var isComplete = code + counts[MaxBits] == 1 << MaxBits;

        if (!isComplete && codes > 0 && (codes > 1 || longest > 1))
            return false;

        var free = 1 << tableBits;

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];

            if (length == 0)
                continue;

            var entry = symbols[symbol] == Special ? Special : symbols[symbol] | (uint)length;
            var bits = Reverse(next[length]++, length);

            if (length <= tableBits)
            {
                for (var at = bits; at < 1 << tableBits; at += 1 << length)
                    table[at] = entry;

                continue;
            }

            var secondBits = longest - tableBits;
            ref var link = ref table[bits & ((1 << tableBits) - 1)];

            if (link == Special)
            {
                link = Special | ((uint)free << 16) | ((uint)secondBits << 6) | (uint)tableBits;
                table.Slice(free, 1 << secondBits).Fill(Special);
                free += 1 << secondBits;
            }

            for (var at = bits >> tableBits; at < 1 << secondBits; at += 1 << (length - tableBits))
                table[Base(link) + at] = entry;
        }

        return true;
    }

    private static int Reverse(int code, int length)
    {
        code = ((code & 0x5555) << 1) | ((code >> 1) & 0x5555);
        code = ((code & 0x3333) << 2) | ((code >> 2) & 0x3333);
        code = ((code & 0x0F0F) << 4) | ((code >> 4) & 0x0F0F);
        code = ((code & 0x00FF) << 8) | (code >> 8);
        return code >> (16 - length);
    }
}
