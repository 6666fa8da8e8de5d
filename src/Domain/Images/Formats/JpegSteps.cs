using System.Runtime.CompilerServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// A Huffman table for sequential scans, T.81 section F.1.2. One look into it finds a code with the bits of the coefficient that follow,
/// or two such codes.
/// </summary>
internal sealed class JpegSteps
{
    /// <summary>The mask of the number of bits in a step: those of the code, and those of the coefficient.</summary>
    public const int BitsMask = 0x1F;

    /// <summary>The number of coefficients in a step, after a shift. It is the distance to the next one that can be not zero.</summary>
    public const int CoefficientsMask = 0xFF;

    public const int CoefficientsShift = 5;

    /// <summary>The bit of a step that stands for sixteen zeros.</summary>
    public const int ZeroRun = 1 << 13;

    /// <summary>The bit of a step for another value that decoders take for the end of a block.</summary>
    public const int Fault = 1 << 14;

    /// <summary>The number of coefficients in the step that ends a block.</summary>
    public const int EndOfBlock = 128;

    private const int ZeroRunValue = 0xF0;

    private readonly JpegHuffmanTable table;
    private readonly JpegScanHeader scan;
    private readonly bool isDc;

    // For each start of the bits, the step; 0 until it is needed.
    private readonly ushort[] steps = new ushort[1 << JpegHuffmanCodes.LookupBits];
    private readonly ushort[] pairs = new ushort[1 << JpegHuffmanCodes.LookupBits];

    public JpegSteps(JpegHuffmanTable table, JpegScanHeader scan, bool isDc)
    {
        this.table = table;
        this.scan = scan;
        this.isDc = isDc;
    }

    /// <returns>The step for these bits. The first bit is the highest one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong buffer)
    {
        var step = (int)steps[buffer >> (64 - JpegHuffmanCodes.LookupBits)];
        return step != 0 ? step : Find(buffer, asPair: false);
    }

    /// <returns>A step for one code or for two. The first code must not end the block, so 16 coefficients must be left.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindPair(ulong buffer)
    {
        var step = (int)pairs[buffer >> (64 - JpegHuffmanCodes.LookupBits)];
        return step != 0 ? step : Find(buffer, asPair: true);
    }

    private int Find(ulong buffer, bool asPair)
    {
        var start = (int)(buffer >> (64 - JpegHuffmanCodes.LookupBits));
        var code = table.Codes.Lookup(start);

        if (code == 0)
            return FindLong(buffer);

        table.MarkUsed(code & 0xFF);
        var step = StepOf(code);
        var second = asPair ? SecondOf(start, step) : 0;

        if (second != 0)
        {
            table.MarkUsed(second & 0xFF);
            step += StepOf(second);
        }

        (asPair ? pairs : steps)[start] = (ushort)step;
        return step;
    }

    /// <returns>The code after the first one, if both codes are in these bits and can be taken together; 0 otherwise.</returns>
    private int SecondOf(int start, int first)
    {
        var length = first & BitsMask;

        if (first >= EndOfBlock << CoefficientsShift || length >= JpegHuffmanCodes.LookupBits)
            return 0;

        var second = table.Codes.Lookup((start << length) & (steps.Length - 1));
        var step = second == 0 ? 0 : StepOf(second);
        var canBeTaken = step is > 0 and < ZeroRun && length + (second >> 8) <= JpegHuffmanCodes.LookupBits;
        return canBeTaken && length + (step & BitsMask) <= BitsMask ? second : 0;
    }

    private int FindLong(ulong buffer)
    {
        var code = table.Codes.Find(buffer);

        if (code >= JpegHuffmanCodes.Missing)
            scan.Faults.Add(scan, scan.Offset);
        else
            table.MarkUsed(code & 0xFF);

        return StepOf(code & ~JpegHuffmanCodes.Redundant);
    }

    // In the value of an AC code, the upper half is a number of zeros. The lower half is the number of bits of the coefficient after them.
    private int StepOf(int code)
    {
        var length = code >> 8;
        var bits = code & 0x0F;
        var zeros = (code & 0xFF) >> 4;

        if (isDc)
            return length + bits;
        if (bits > 0)
            return ((zeros + 1) << CoefficientsShift) | (length + bits);
        if ((code & 0xFF) == ZeroRunValue)
            return ZeroRun | ((zeros + 1) << CoefficientsShift) | length;

        // Decoders take other values without bits for the end of the block.
        return (zeros == 0 ? 0 : Fault) | (EndOfBlock << CoefficientsShift) | length;
    }
}
