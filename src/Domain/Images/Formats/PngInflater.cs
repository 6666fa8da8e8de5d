using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Decompresses a zlib stream (RFC 1950) of deflate blocks (RFC 1951) to its end, in a buffer of fixed size. System.IO.Compression does
/// the same, but it does not tell where the stream ends, nor what its blocks hide.
/// </summary>
internal ref struct PngInflater
{
    private const string TooShort = "ends too early";

    private readonly PngRows rows;
    private readonly PngWindow window;
    private readonly PngBlocks blocks = new();
    private PngBits bits;

    private PngInflater(ReadOnlySpan<byte> zlib, PngRows rows, PngWindow window)
    {
        this.rows = rows;
        this.window = window;
        bits = new(zlib);
    }

    /// <param name="zlib">The stream, and whatever follows it.</param>
    /// <param name="offset">The position of the stream in the upload.</param>
    /// <exception cref="ImageRefusedException">The stream is broken, or ends, before the last row does.</exception>
    public static PngStream Read(ReadOnlySpan<byte> zlib, PngRows rows, int offset)
    {
        using var window = new PngWindow(rows);
        var inflater = new PngInflater(zlib, rows, window);
        var fault = inflater.Read();
        window.Flush();

        if (rows.HasUnknownFilter)
            fault = "has a row with a filter that does not exist";
        if (rows.Missing > 0 || rows.HasUnknownFilter)
            throw ImageRefusedException.Malformed($"The image data {fault ?? "has too few rows"}", offset);

        return new(inflater.bits.BytesRead, inflater.blocks.HiddenBits, fault is null && !rows.HasSurplus);
    }

    private string? Read()
    {
        bits.Refill();
        var method = bits.Take(8);
        var flags = bits.Take(8);

        // Method 8 with a window of at most 32 KiB, no preset dictionary, and the check bits.
        if (bits.IsExceeded || (method & 0x0F) != 8 || method > 0x78 || (flags & 0x20) != 0 || (method * 256 + flags) % 31 != 0)
            return "is not compressed by zlib";

        var isLast = false;

        while (!isLast && !rows.HasSurplus)
        {
            bits.Refill();
            isLast = bits.Take(1) == 1;
            var type = bits.Take(2);
            var before = rows.Missing;

            if (bits.IsExceeded)
                return TooShort;

            var fault = type switch
            {
                0 => ReadStored(),
                1 => ReadSymbols(),
                2 => blocks.ReadCodes(ref bits) ?? ReadSymbols(),
                _ => "has a block of a type that does not exist",
            };

            if (fault is not null)
                return fault;

            window.Flush();
            blocks.Finish(before - rows.Missing, isLast);
        }

        blocks.CountPadding(bits.SkipToByte());
        return bits.TakeBytes(4).Length == 4 ? null : TooShort;
    }

    private string? ReadStored()
    {
        blocks.CountPadding(bits.SkipToByte());
        var header = bits.TakeBytes(4);

        if (header.Length < 4)
            return TooShort;
        if ((header[0] ^ header[2]) != 0xFF || (header[1] ^ header[3]) != 0xFF)
            return "has a block with a broken length";

        var length = header[0] | (header[1] << 8);
        var content = bits.TakeBytes(length);
        window.Append(content);
        return content.Length == length ? null : TooShort;
    }

    // The state that each symbol changes is in local variables here, so that it stays in registers.
    private string? ReadSymbols()
    {
        var input = bits.Bytes;
        bits.Load(out var buffer, out var count, out var position);
        var target = window.Bytes;
        var at = window.End;
        var literals = blocks.Literals;
        var distances = blocks.Distances;
        var usedLiterals = blocks.UsedLiterals;
        var usedDistances = blocks.UsedDistances;

        while (true)
        {
            if (at >= PngWindow.Limit)
            {
                window.End = at;
                window.Flush();
                at = window.End;

                if (rows.HasSurplus)
                    return null;
            }

            // The buffer then has at least 56 bits. Three literals have at most 45.
            PngBits.Refill(input, ref buffer, ref count, ref position);
            var entry = Find(literals, buffer, PngSymbols.LiteralBits);

            for (var left = 3; (entry & PngHuffman.Literal) != 0 && left > 0; left--)
            {
                Skip(ref buffer, ref count, entry);

                if (count < 0)
                    return TooShort;

                var value = (byte)(entry >> 16);
                usedLiterals[value] = true;
                target[at++] = value;
                entry = Find(literals, buffer, PngSymbols.LiteralBits);
            }

            if ((entry & PngHuffman.Literal) != 0)
                continue;

            // A length and a distance have at most 48 bits.
            PngBits.Refill(input, ref buffer, ref count, ref position);
            Skip(ref buffer, ref count, entry);

            if ((entry & PngHuffman.Special) != 0)
            {
                bits.Store(buffer, count, position);
                window.End = at;
                return (entry & ~63u) == PngHuffman.EndOfBlock && count >= 0 ? null : "has a broken code";
            }

            var length = PngHuffman.Base(entry) + TakeExtra(ref buffer, ref count, entry);
            var place = Find(distances, buffer, PngSymbols.DistanceBits);
            Skip(ref buffer, ref count, place);
            var distance = PngHuffman.Base(place) + TakeExtra(ref buffer, ref count, place);

            if (count < 0)
                return TooShort;
            if ((place & PngHuffman.Special) != 0 || distance > at)
                return "repeats bytes that are not there";

            usedLiterals[PngSymbols.EndOfBlock + PngHuffman.Number(entry)] = true;
            usedDistances[PngHuffman.Number(place)] = true;
            PngWindow.Repeat(target, at, distance, length);
            at += length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Find(uint[] table, ulong buffer, int tableBits)
    {
        var entry = table[(int)buffer & ((1 << tableBits) - 1)];

        if (entry <= PngHuffman.EndOfBlock + 63)
            return entry;

        var second = (int)(buffer >> tableBits) & ((1 << PngHuffman.ExtraBits(entry)) - 1);
        return table[PngHuffman.Base(entry) + second];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Skip(ref ulong buffer, ref int count, uint entry)
    {
        buffer >>= (int)(entry & 63);
        count -= (int)(entry & 63);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeExtra(ref ulong buffer, ref int count, uint entry)
    {
        var extraBits = PngHuffman.ExtraBits(entry);
        var value = (int)buffer & ((1 << extraBits) - 1);
        buffer >>= extraBits;
        count -= extraBits;
        return value;
    }
}
