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

    private const int OnePixel = 256;

    // For each code of the table: how many pixels it stands for, times 256, plus the first of them.
    private readonly int[] entries = GC.AllocateUninitializedArray<int>(TableLength);
    private readonly GifPairs pairs = new();
    private readonly bool[] read = new bool[TableLength];

    private int codeSize;
    private int choices;

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
    /// that the table has, and clears the table when it is full.
    /// </summary>
    public int Slack => 2 * (choices + pairs.Repeated);

    private int Clear => 1 << codeSize;

    /// <param name="data">The codes, and the padding that <see cref="GifBits"/> needs.</param>
    /// <param name="length">The length of the codes.</param>
    public void Read(int codeSize, ReadOnlySpan<byte> data, int length, long pixels)
    {
        this.codeSize = codeSize;
        IsInvalid = false;
        choices = 0;
        pairs.Start(codeSize);
        Array.Clear(read);
        var clear = Clear;
        var entries = this.entries;

        for (var color = 0; color < clear; color++)
            entries[color] = OnePixel | color;

        var missing = pixels;
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
                if (position > codeSize + 1 && (next < AlmostFull || pairs.IsLate))
                    choices++;

                pairs.Clear(next);
                next = clear + 2;
                bits = codeSize + 1;
                previous = None;
                continue;
            }

            if (code == clear + 1)
                break;

            // The first code has no previous code, so it must stand for one pixel.
            if (code > (previous == None ? clear : next))
            {
                IsInvalid = true;
                break;
            }

            // The next free code stands for the pixels of the previous code and the first pixel of this one.
            if (previous != None && next < TableLength)
            {
                entries[next] = entries[previous] + OnePixel;
                pairs.Add(next++, previous, (byte)entries[code]);
            }
            else if (previous != None)
            {
                pairs.Look(previous, (byte)entries[code]);
            }

            if (next == 1 << bits && bits < MaxBits)
                bits++;

            read[code] = true;
            missing -= entries[code] / OnePixel;
            previous = code;
        }

        pairs.Clear(next);
        read.AsSpan(0, clear).CopyTo(Used);
        Used.AsSpan(clear).Clear();
        IsComplete = missing <= 0;
        HasPixels = missing < pixels;
        End = position;
        EndBits = bits;
    }
}
