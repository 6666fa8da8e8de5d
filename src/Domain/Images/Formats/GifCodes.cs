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

    private const int None = -1;

    // For each code of the table: how many pixels it stands for, the first of them, and the key of the code in "known".
    private readonly ushort[] lengths = new ushort[TableLength];
    private readonly byte[] firsts = new byte[TableLength];
    private readonly int[] keys = new int[TableLength];

    // One bit for each pair of a code and a pixel. It is set if the table has a code that stands for the pixels of both.
    private readonly ulong[] known = new ulong[TableLength * 256 / 64];

    private int clear;
    private int next;
    private int bits;
    private int previous;
    private long missing;
    private int early;
    private int repeated;

    /// <summary>All pixels have codes.</summary>
    public bool IsComplete => missing <= 0;

    public bool HasPixels { get; private set; }

    /// <summary>There is a code that the table does not have. Decoders fail here.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>The colors that the pixels have.</summary>
    public bool[] Used { get; } = new bool[256];

    /// <summary>The position after the code of the last pixel, in bits.</summary>
    public long End { get; private set; }

    /// <summary>The end code at this position, and its bits.</summary>
    public int EndCode => clear + 1;

    public int EndBits => bits;

    /// <summary>
    /// The bytes that could be hidden in the choice of codes. A usual encoder leaves no choice: it takes the longest sequence of pixels
    /// that the table has, and clears the table only when it is full.
    /// </summary>
    public int Slack => 2 * early + (repeated + 7) / 8;

    public void Read(int codeSize, ReadOnlySpan<byte> data, long pixels)
    {
        clear = 1 << codeSize;
        missing = pixels;
        early = 0;
        repeated = 0;
        HasPixels = false;
        IsInvalid = false;
        Array.Clear(Used);
        next = clear + 2;
        Clear();

        var input = new GifBits(data);
        var isEnd = false;

        while (missing > 0 && !isEnd && !IsInvalid && input.TryTake(bits, out var code))
        {
            if (code == clear)
            {
                if (input.Position > codeSize + 1 && next < AlmostFull)
                    early++;

                Clear();
            }
            else if (code == EndCode)
            {
                isEnd = true;
            }
            else
            {
                Count(code);
            }
        }

        End = input.Position;
        Clear(keepBits: true);
    }

    private void Count(int code)
    {
        var isNew = code == next && next < TableLength;

        // The first code has no previous code, so it must stand for one pixel.
        if (previous == None ? code >= clear : code >= next && !isNew)
        {
            IsInvalid = true;
            return;
        }

        if (code < clear)
        {
            Used[code] = true;
            firsts[code] = (byte)code;
            lengths[code] = 1;
        }

        // The next free code stands for the pixels of the previous code plus its own first pixel.
        if (previous != None)
            Learn(isNew ? firsts[previous] : firsts[code]);

        if (next == 1 << bits && bits < MaxBits)
            bits++;

        HasPixels = true;
        missing -= lengths[code];
        previous = code;
    }

    private void Learn(byte pixel)
    {
        var key = previous << 8 | pixel;
        ref var entry = ref known[key >> 6];
        var flag = 1UL << (key & 63);

        if ((entry & flag) != 0)
            repeated++;

        if (next == TableLength)
            return;

        entry |= flag;
        keys[next] = key;
        lengths[next] = (ushort)(lengths[previous] + 1);
        firsts[next] = firsts[previous];
        next++;
    }

    private void Clear(bool keepBits = false)
    {
        for (var code = clear + 2; code < next; code++)
            known[keys[code] >> 6] = 0;

        next = clear + 2;
        previous = None;

        if (!keepBits)
            bits = int.Log2(clear) + 1;
    }
}
