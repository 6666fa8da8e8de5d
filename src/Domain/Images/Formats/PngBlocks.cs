using System.Buffers;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// RFC 1951, section 3.2: the codes of the current block. It also counts the bits that no row depends on, so that a sender can choose them
/// freely: codes that never occur, blocks with few bytes, and padding.
/// </summary>
internal sealed class PngBlocks : IDisposable
{
    private const int LengthBits = 7;
    private const int FewBytes = 512;

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly uint[] LengthSymbols = [.. Enumerable.Range(0, LengthOrder.Length).Select(symbol => (uint)symbol << 16)];

    private readonly uint[] literals = Rent(PngSymbols.LiteralBits, PngSymbols.MaxLiterals);
    private readonly uint[] distances = Rent(PngSymbols.DistanceBits, PngSymbols.MaxDistances);
    private readonly byte[] lengths = new byte[PngSymbols.MaxLiterals + PngSymbols.MaxDistances];
    private int literalCount;
    private int distanceCount;

    public uint[] Literals { get; private set; } = PngSymbols.FixedLiterals;

    public uint[] Distances { get; private set; } = PngSymbols.FixedDistances;

    /// <summary>Whether a literal or length, by its number, occurred in the block.</summary>
    public bool[] UsedLiterals { get; } = new bool[PngSymbols.MaxLiterals];

    public bool[] UsedDistances { get; } = new bool[PngSymbols.MaxDistances];

    public long HiddenBits { get; private set; }

    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(literals);
        ArrayPool<uint>.Shared.Return(distances);
    }

    /// <summary>Reads the codes that a block states (section 3.2.7).</summary>
    /// <returns>The fault of the block, or null.</returns>
    public string? ReadCodes(ref PngBits bits)
    {
        bits.Refill();
        literalCount = 257 + bits.Take(5);
        distanceCount = 1 + bits.Take(5);

        if (literalCount > 286 || distanceCount > 30 || !ReadLengths(ref bits, 4 + bits.Take(4)))
            return "has a block with broken codes";

        Literals = literals;
        Distances = distances;
        Array.Clear(UsedLiterals);
        Array.Clear(UsedDistances);
        UsedLiterals[PngSymbols.EndOfBlock] = true;

        var isValid = lengths[PngSymbols.EndOfBlock] > 0
            && PngHuffman.TryBuild(lengths.AsSpan(0, literalCount), PngSymbols.Literals, literals, PngSymbols.LiteralBits)
            && PngHuffman.TryBuild(lengths.AsSpan(literalCount, distanceCount), PngSymbols.Distances, distances, PngSymbols.DistanceBits);

        return isValid ? null : "has a block with broken codes";
    }

    /// <summary>Counts the hidden bits of the block, and forgets its codes.</summary>
    /// <param name="written">The number of bytes in the block.</param>
    public void Finish(long written, bool isLast)
    {
        if (written < FewBytes && !isLast)
            HiddenBits += 8;
        if (Literals == PngSymbols.FixedLiterals)
            return;

        CountUnused(lengths.AsSpan(0, literalCount), UsedLiterals);
        CountUnused(lengths.AsSpan(literalCount, distanceCount), UsedDistances);
        Literals = PngSymbols.FixedLiterals;
        Distances = PngSymbols.FixedDistances;
    }

    /// <param name="padding">The bits up to the next byte. Encoders write zeros.</param>
    public void CountPadding(int padding)
    {
        if (padding != 0)
            HiddenBits += 8;
    }

    // Some encoders give neighbors codes of the same length, although they do not need all of them.
    private void CountUnused(ReadOnlySpan<byte> codes, ReadOnlySpan<bool> used)
    {
        var previous = 1;

        for (var symbol = 0; symbol < codes.Length; symbol++)
        {
            int length = codes[symbol];

            if (length == 0)
                continue;
            if (!used[symbol])
                HiddenBits += length == previous ? 1 : 4;

            previous = length;
        }
    }

    private static uint[] Rent(int tableBits, int symbols) => ArrayPool<uint>.Shared.Rent(PngHuffman.TableLength(tableBits, symbols));

    private bool ReadLengths(ref PngBits bits, int count)
    {
        Span<byte> codes = stackalloc byte[LengthOrder.Length];
        Span<uint> table = stackalloc uint[1 << LengthBits];

        for (var i = 0; i < count; i++)
        {
            bits.Refill();
            codes[LengthOrder[i]] = (byte)bits.Take(3);
        }

        if (!PngHuffman.TryBuild(codes, LengthSymbols, table, LengthBits))
            return false;

        for (var at = 0; at < literalCount + distanceCount;)
        {
            bits.Refill();
            var entry = table[bits.Peek(LengthBits)];
            bits.Skip((int)(entry & 63));
            var symbol = (int)(entry >> 16);

            if (symbol < 16)
            {
                lengths[at++] = (byte)symbol;
                continue;
            }

            var repeat = symbol switch
            {
                16 => 3 + bits.Take(2),
                17 => 3 + bits.Take(3),
                18 => 11 + bits.Take(7),
                _ => int.MaxValue,
            };

            if (repeat > literalCount + distanceCount - at || (symbol == 16 && at == 0))
                return false;

            lengths.AsSpan(at, repeat).Fill(symbol == 16 ? lengths[at - 1] : (byte)0);
            at += repeat;
        }

        return !bits.IsExceeded;
    }
}
