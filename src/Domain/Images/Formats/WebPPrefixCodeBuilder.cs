namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.7.2.1: makes prefix codes from the lengths of their codes.</summary>
internal sealed class WebPPrefixCodeBuilder(WebPPrefixTables tables)
{
    public const int MaxLength = 15;

    private const int MaxRootBits = 8;

    private readonly ushort[] sorted = new ushort[WebPPrefixGroup.MaxSymbols];

    /// <param name="lengths">The length of the code of each symbol; 0 for a symbol without a code.</param>
    /// <returns>Null if these are not the lengths of one complete code. Decoders refuse such a code.</returns>
    public WebPPrefixCode? Build(ReadOnlySpan<byte> lengths, bool isUsed = true)
    {
        // Most codes have few symbols of a large alphabet.
        lengths = lengths[..(1 + lengths.LastIndexOfAnyExcept((byte)0))];
        Span<int> counts = stackalloc int[MaxLength + 1];
        counts.Clear();

        foreach (var length in lengths)
            counts[length]++;

        var symbols = lengths.Length - counts[0];
        counts[0] = 0;

        if (symbols == 0)
            return null;
        if (symbols == 1)
            return isUsed ? BuildOne(lengths.Length - 1) : default(WebPPrefixCode);

        var longest = counts.LastIndexOfAnyExcept(0);
        var free = 1 << longest;

        for (var length = 1; length <= longest; length++)
            free -= counts[length] << (longest - length);

        if (free != 0)
            return null;
        if (!isUsed)
            return new(0, longest, 0);

        var costs = tables.AddCosts(symbols);
        Sort(lengths, counts, tables.Costs.AsSpan(costs));
        var root = Math.Min(longest, MaxRootBits);
        var table = tables.Add(root);
        Fill(lengths, sorted.AsSpan(0, symbols), table, root);
        return new(table, root, costs);
    }

    private WebPPrefixCode BuildOne(int symbol)
    {
        // Encoders write the symbol 0, and not one of 8 bits, for a code that is never used.
        var cost = tables.AddCosts(1);
        tables.Costs[cost] = (byte)(symbol == 0 ? 0 : 8);
        return new(symbol, 0, cost);
    }

    // The order of the codes: by length, and symbols with codes of one length by their number.
    private void Sort(ReadOnlySpan<byte> lengths, ReadOnlySpan<int> counts, Span<byte> costs)
    {
        Span<int> starts = stackalloc int[MaxLength + 1];
        starts[0] = 0;

        for (var length = 1; length <= MaxLength; length++)
            starts[length] = starts[length - 1] + counts[length - 1];

        byte previous = 0;

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];

            if (length != 0)
            {
                var number = starts[length]++;
                sorted[number] = (ushort)symbol;
                costs[number] = (byte)(length == previous ? 1 : 4);
            }

            previous = length;
        }
    }

    private void Fill(ReadOnlySpan<byte> lengths, ReadOnlySpan<ushort> symbols, int table, int root)
    {
        var code = 0u;
        var length = (int)lengths[symbols[0]];
        var prefix = uint.MaxValue;
        var second = 0;
        var secondBits = 0;

        for (var i = 0; i < symbols.Length; i++)
        {
            code <<= lengths[symbols[i]] - length;
            length = lengths[symbols[i]];
            var entry = WebPPrefixTables.Entry(i, symbols[i], length);

            if (length <= root)
            {
                tables.Set(table, root, Reverse(code, length), length, entry);
            }
            else
            {
                if (code >> (length - root) != prefix)
                {
                    prefix = code >> (length - root);
                    secondBits = LongestOf(lengths, symbols[i..], code, root) - root;
                    second = tables.Add(secondBits);
                    tables.Entries[table + (int)Reverse(prefix, root)] = WebPPrefixTables.EntryOfTable(second, root + secondBits);
                }

                tables.Set(second, secondBits, Reverse(code, length) >> root, length - root, entry);
            }

            code++;
        }
    }

    // The length of the last code that starts with the same bits as the first one. A second table needs room for it.
    private static int LongestOf(ReadOnlySpan<byte> lengths, ReadOnlySpan<ushort> symbols, uint code, int root)
    {
        var length = (int)lengths[symbols[0]];
        var prefix = code >> (length - root);

        foreach (var symbol in symbols[1..])
        {
            code = (code + 1) << (lengths[symbol] - length);

            if (code >> (lengths[symbol] - root) != prefix)
                break;

            length = lengths[symbol];
        }

        return length;
    }

    // The first bit of a code is its highest one, but it comes first in the data, where the lowest bits are read first.
    private static uint Reverse(uint code, int length)
    {
        var reversed = 0u;

        for (var i = 0; i < length; i++)
            reversed |= (code >> i & 1) << (length - 1 - i);

        return reversed;
    }
}
