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
    private const int OnePixel = 256;

    // For each code of the table: how many pixels it stands for, times 256, plus the first of them. And the pair that it stands for.
    private readonly int[] entries = new int[TableLength];
    private readonly int[] pairs = new int[TableLength];

    // One bit for each pair. It is set if the table has a code for the pair.
    private ulong[] known = [];
    private int codeSize;
    private int early;
    private int repeated;

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

    /// <param name="data">The codes, and the padding that <see cref="GifBits"/> needs.</param>
    /// <param name="length">The length of the codes.</param>
    public void Read(int codeSize, ReadOnlySpan<byte> data, int length, long pixels)
    {
        this.codeSize = codeSize;
        IsInvalid = false;
        early = 0;
        repeated = 0;
        Array.Clear(Used);

        if (known.Length < (TableLength << codeSize) / 64)
            known = new ulong[(TableLength << codeSize) / 64];

        for (var color = 0; color < Clear; color++)
            entries[color] = OnePixel | color;

        var missing = pixels;
        var clear = Clear;
        var next = clear + 2;
        var bits = codeSize + 1;
        var previous = None;
        var position = 0L;

        while (missing > 0 && position + bits <= 8L * length)
        {
            var code = GifBits.At(data, position, bits);
            position += bits;

            if (code == clear)
            {
                if (position > codeSize + 1 && next < AlmostFull)
                    early++;

                Forget(next);
                next = clear + 2;
                bits = codeSize + 1;
                previous = None;
                continue;
            }

            // The first code has no previous code, so it must stand for one pixel.
            IsInvalid = code != clear + 1 && code > (previous == None ? clear : next);

            if (IsInvalid || code == clear + 1)
                break;

            if (code < clear)
                Used[code] = true;

            // The next free code stands for the pixels of the previous code plus its own first pixel.
            if (previous != None && Learn(previous, (byte)entries[code == next ? previous : code], next))
                next++;
            if (next == 1 << bits && bits < MaxBits)
                bits++;

            missing -= entries[code] / OnePixel;
            previous = code;
        }

        Forget(next);
        IsComplete = missing <= 0;
        HasPixels = missing < pixels;
        End = position;
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
        entries[next] = entries[previous] + OnePixel;
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
