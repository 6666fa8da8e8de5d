namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 1951, sections 3.2.5 and 3.2.6: the meaning of all symbols, and their codes in blocks that state none.</summary>
internal static class PngSymbols
{
    public const int LiteralBits = 10;
    public const int DistanceBits = 8;
    public const int MaxLiterals = 288;
    public const int MaxDistances = 32;
    public const int EndOfBlock = 256;

    private const int FirstLength = 257;
    private const int LongestLength = 285;
    private const int LastDistance = 29;

    public static readonly uint[] Literals = [.. Enumerable.Range(0, MaxLiterals).Select(Literal)];
    public static readonly uint[] Distances = [.. Enumerable.Range(0, MaxDistances).Select(Distance)];

    public static readonly uint[] FixedLiterals =
        Fixed([.. Enumerable.Range(0, MaxLiterals).Select(FixedLength)], Literals, LiteralBits);

    public static readonly uint[] FixedDistances =
        Fixed([.. Enumerable.Repeat((byte)5, MaxDistances)], Distances, DistanceBits);

    private static uint Literal(int symbol)
    {
        if (symbol < EndOfBlock)
            return PngHuffman.Literal | ((uint)symbol << 16);
        if (symbol == EndOfBlock)
            return PngHuffman.EndOfBlock;
        if (symbol > LongestLength)
            return PngHuffman.Special;
        if (symbol == LongestLength)
            return Entry(symbol - EndOfBlock, 258, extraBits: 0);

        // The first eight lengths have no extra bits. After them, each group of four has one more than the group before.
        var number = symbol - FirstLength;
        var extraBits = Math.Max(0, number / 4 - 1);
        var start = number < 8 ? number : (4 + number % 4) << extraBits;
        return Entry(symbol - EndOfBlock, 3 + start, extraBits);
    }

    private static uint Distance(int symbol)
    {
        if (symbol > LastDistance)
            return PngHuffman.Special;

        // As with lengths, but in groups of two.
        var extraBits = Math.Max(0, symbol / 2 - 1);
        var start = symbol < 4 ? symbol : (2 + symbol % 2) << extraBits;
        return Entry(symbol, 1 + start, extraBits);
    }

    private static uint Entry(int number, int start, int extraBits) => (uint)((start << 16) | (number << 10) | (extraBits << 6));

    private static byte FixedLength(int symbol) =>
        symbol switch
        {
            < 144 => 8,
            < 256 => 9,
            < 280 => 7,
            _ => 8,
        };

    private static uint[] Fixed(ReadOnlySpan<byte> lengths, uint[] symbols, int tableBits)
    {
        var table = new uint[1 << tableBits];
        PngHuffman.TryBuild(lengths, symbols, table, tableBits);
        return table;
    }
}
