namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The tables of the prefix codes of an image. The next bits of the data index a table. Each entry holds the length of a code in its low
/// 8 bits, and above them a symbol, or the position of a second table.
/// </summary>
internal sealed class WebPPrefixTables
{
    // Encoders write at most some thousand groups of codes. 65,536 groups could need 700 MB.
    private const int MaxEntries = 4 * 1024 * 1024;

    public uint[] Entries { get; private set; } = new uint[4096];

    public int Used { get; private set; }

    public bool AreTooLarge => Used > MaxEntries;

    public static uint Entry(int value, int length) => (uint)(value << 8 | length);

    public static int LengthOf(uint entry) => (int)(entry & 0xFF);

    public static int ValueOf(uint entry) => (int)(entry >> 8);

    /// <summary>Removes the tables after this position.</summary>
    public void Truncate(int position) => Used = position;

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
