using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 1951, section 3.2.3: the symbols of a block. Each is a byte, or the length of a match that a distance follows.</summary>
internal static class PngCodedBlock
{
    // The state that each symbol changes is in local variables here, so that it stays in registers.
    public static string? Read(ref PngBits bits, PngBlocks blocks, PngWindow window, PngRows rows)
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

            // The buffer then has 64 bits of the data. Three literals and the next code have at most 60 bits. At the end of the data, the
            // buffer may have fewer bits, so one literal is read at a time.
            PngBits.Refill(input, ref buffer, ref count, ref position);
            var entry = Find(literals, buffer, PngSymbols.LiteralBits);
            var left = position <= input.Length - sizeof(ulong) ? 3 : 1;

            for (; (entry & PngHuffman.Literal) != 0 && left > 0; left--)
            {
                Skip(ref buffer, ref count, entry);
                var value = (byte)(entry >> 16);
                usedLiterals[value] = true;
                target[at++] = value;
                entry = Find(literals, buffer, PngSymbols.LiteralBits);
            }

            // The literal has bits that the data does not have.
            if (count < 0)
                return Stop(window, at - 1);
            if ((entry & PngHuffman.Literal) != 0)
                continue;

            // A length and a distance have at most 48 bits.
            PngBits.Refill(input, ref buffer, ref count, ref position);
            Skip(ref buffer, ref count, entry);

            if ((entry & PngHuffman.Special) != 0)
            {
                if (count < 0)
                    return Stop(window, at);

                bits.Store(buffer, count, position);
                window.End = at;
                return (entry & ~63u) == PngHuffman.EndOfBlock ? null : "has a broken code";
            }

            var length = PngHuffman.Base(entry) + TakeExtra(ref buffer, ref count, entry);
            var place = Find(distances, buffer, PngSymbols.DistanceBits);
            Skip(ref buffer, ref count, place);
            var distance = PngHuffman.Base(place) + TakeExtra(ref buffer, ref count, place);

            if (count < 0)
                return Stop(window, at);
            if ((place & PngHuffman.Special) != 0 || distance > at)
                return "repeats bytes that are not there";

            usedLiterals[PngSymbols.EndOfBlock + PngHuffman.Number(entry)] = true;
            usedDistances[PngHuffman.Number(place)] = true;
            PngWindow.Repeat(target, at, distance, length);
            at += length;
        }
    }

    private static string Stop(PngWindow window, int end)
    {
        window.End = end;
        return PngInflater.TooShort;
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
