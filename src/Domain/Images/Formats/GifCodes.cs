namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a appendix F: reads the LZW codes of a frame up to the one that stands for its last pixel. It counts pixels without decoding them.
/// </summary>
internal sealed class GifCodes
{
    public const int TableLength = 1 << MaxBits;
    public const int MaxBits = 12;

    // Encoders clear the table when it is full, and some of them a few codes earlier.
    private const int AlmostFull = TableLength - 6;

    // It is faster to forget so many pairs one by one than all at once.
    private const int FewPairs = 1024;

    private const int None = -1;

    // For each code of the table: how many pixels it stands for, the first of them, and the pair of a code and a pixel for it.
    private readonly ushort[] lengths = new ushort[TableLength];
    private readonly byte[] firsts = new byte[TableLength];
    private readonly int[] pairs = new int[TableLength];

    // One bit for each pair. It is set if the table has a code for the pair.
    private readonly ulong[] known = new ulong[TableLength * 256 / 64];

    private int codeSize;
    private int early;
    private int repeated;

    /// <summary>All pixels have codes.</summary>
    public bool IsComplete { get; private set; }

    public bool HasPixels { get; private set; }

    /// <summary>There is a code that the table does not have. Decoders fail here.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>The colors that the pixels have.</summary>
    public bool[] Used { get; } = new bool[256];

    /// <summary>The position after the code of the last pixel, in bits.</summary>
    public long End { get; private set; }

    /// <summary>The end code at this position, and its bits.</summary>
    public int EndCode => Clear + 1;

    public int EndBits { get; private set; }

    /// <summary>
    /// The bytes that could be hidden in the choice of codes. A usual encoder leaves no choice: it takes the longest sequence of pixels
    /// that the table has, and clears the table only when it is full.
    /// </summary>
    public int Slack => 2 * early + (repeated + 7) / 8;

    private int Clear => 1 << codeSize;

    public void Read(int codeSize, ReadOnlySpan<byte> data, long pixels)
    {
        this.codeSize = codeSize;
        IsInvalid = false;
        early = 0;
        repeated = 0;
        Array.Clear(Used);

        for (var color = 0; color < Clear; color++)
        {
            lengths[color] = 1;
            firsts[color] = (byte)color;
        }

        var input = new GifBits(data);
        var missing = pixels;
        var clear = Clear;
        var next = clear + 2;
        var bits = codeSize + 1;
        var previous = None;

        while (missing > 0 && input.TryTake(bits, out var code))
        {
            if (code == clear)
            {
                if (input.Position > codeSize + 1 && next < AlmostFull)
                    early++;

                Forget(next);
                next = clear + 2;
                bits = codeSize + 1;
                previous = None;
                continue;
            }

            // The first code has no previous code, so it must stand for one pixel.
            IsInvalid = code != clear + 1 && (previous == None ? code > clear : code > next);

            if (IsInvalid || code == clear + 1)
                break;
            if (code < clear)
                Used[code] = true;

            // The next free code stands for the pixels of the previous code plus its own first pixel.
            if (previous != None && Learn(previous, firsts[code == next ? previous : code], next))
                next++;
            if (next == 1 << bits && bits < MaxBits)
                bits++;

            missing -= lengths[code];
            previous = code;
        }

        Forget(next);
        IsComplete = missing <= 0;
        HasPixels = missing < pixels;
        End = input.Position;
        EndBits = bits;
    }

    /// <returns>False if the table is full.</returns>
    private bool Learn(int previous, byte pixel, int next)
    {
        var pair = previous << codeSize | pixel;
        ref var entry = ref known[pair >> 6];
        var flag = 1UL << pair;

        if ((entry & flag) != 0)
            repeated++;
        if (next == TableLength)
            return false;

        entry |= flag;
        pairs[next] = pair;
        lengths[next] = (ushort)(lengths[previous] + 1);
        firsts[next] = firsts[previous];
        return true;
    }

    private void Forget(int next)
    {
        if (next - Clear > FewPairs)
        {
            Array.Clear(known, 0, (TableLength << codeSize) / 64);
            return;
        }

        for (var code = Clear + 2; code < next; code++)
            known[pairs[code] >> 6] = 0;
    }
}
