namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The tables of the prefix codes of an image. The next bits of the data index a table. Each entry holds the length of a code in its low
/// 4 bits, and above them the symbol (12 bits) and its number among the symbols of the code, or the position of a second table.
/// </summary>
internal sealed class WebPPrefixTables
{
    // Encoders write at most some thousand groups of codes. 65,536 groups could need 700 MB.
    private const int MaxEntries = 4 * 1024 * 1024;

    // Outputs of libwebp have up to 142 bytes in 15 KB, and up to 581 bytes in 1.3 MB.
    private const int MaxHiddenBits = 8 * 512;
    private const int HiddenShare = 128;

    public uint[] Entries { get; private set; } = new uint[4096];

    public int Used { get; private set; }

    /// <summary>For each symbol with a code, the bits that describe it. They become 0 when the symbol is used.</summary>
    public byte[] Costs { get; private set; } = new byte[1024];

    public int CostsUsed { get; private set; }

    /// <summary>An estimate of the bits of the data that change no pixel.</summary>
    public long HiddenBits { get; set; }

    public bool AreTooLarge => Used > MaxEntries;

    /// <param name="bits">The length of all data of the image.</param>
    public bool HideTooMuch(long bits) => HiddenBits > MaxHiddenBits + bits / HiddenShare;

    public static uint Entry(int number, int symbol, int length) => (uint)(number << 16 | symbol << 4 | length);

    public static uint EntryOfTable(int position, int length) => (uint)(position << 4 | length);

    public static int LengthOf(uint entry) => (int)(entry & 0xF);

    public static int SymbolOf(uint entry) => (int)(entry >> 4 & 0xFFF);

    public static int NumberOf(uint entry) => (int)(entry >> 16);

    public static int TableOf(uint entry) => (int)(entry >> 4);

    /// <summary>Removes the tables after this position, and counts the symbols that were not used.</summary>
    public void Truncate(int position, int firstCost)
    {
        foreach (var cost in Costs.AsSpan(firstCost..CostsUsed))
            HiddenBits += cost;

        Used = position;
        CostsUsed = firstCost;
    }

    /// <returns>The position of the costs of a code.</returns>
    public int AddCosts(int symbols)
    {
        var first = CostsUsed;
        CostsUsed += symbols;

        if (CostsUsed > Costs.Length)
        {
            var larger = new byte[2 * CostsUsed];
            Costs.CopyTo(larger, 0);
            Costs = larger;
        }

        return first;
    }

    /// <returns>The position of a new table.</returns>
    public int Add(int bits)
    {
        var table = Used;
        Used += 1 << bits;

        if (Used > Entries.Length)
        {
            var larger = new uint[2 * Math.Max(Used, Entries.Length)];
            Entries.CopyTo(larger, 0);
            Entries = larger;
        }

        return table;
    }

    /// <summary>Sets the entries at all indexes whose low bits are the code.</summary>
    public void Set(int table, int bits, uint code, int length, uint entry)
    {
        for (var index = code; index < 1u << bits; index += 1u << length)
            Entries[table + (int)index] = entry;
    }
}
