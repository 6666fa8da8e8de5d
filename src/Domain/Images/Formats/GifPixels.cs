namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a appendix F: counts the pixels that LZW codes stand for without making any of them, so that an image that breaks off is told from one
/// that is whole.
/// </summary>
internal sealed class GifPixels
{
    private const int MaxCodeBits = 12;
    private const int None = -1;

    // How many pixels each code of the table stands for.
    private readonly ushort[] lengths = new ushort[1 << MaxCodeBits];

    private int clear;
    private int next;
    private int codeBits;
    private int previous;
    private uint pending;
    private int pendingBits;
    private long missing;

    public bool AreComplete => missing <= 0;

    /// <summary>An end code, or one that cannot be, came along: what follows is not read.</summary>
    public bool HaveEnded { get; private set; }

    public void Start(int codeSize, int pixels)
    {
        clear = 1 << codeSize;
        (missing, pending, pendingBits, HaveEnded) = (pixels, 0, 0, false);
        Array.Fill(lengths, (ushort)1, 0, clear);
        Clear();
    }

    public void Add(ReadOnlySpan<byte> block)
    {
        foreach (var value in block)
        {
            pending |= (uint)value << pendingBits;
            pendingBits += 8;

            while (pendingBits >= codeBits && !HaveEnded)
            {
                var code = (int)pending & ((1 << codeBits) - 1);
                pending >>= codeBits;
                pendingBits -= codeBits;
                Count(code);
            }
        }
    }

    private void Count(int code)
    {
        if (code == clear)
        {
            Clear();
            return;
        }

        // The code about to be added stands for the previous one and its first pixel again. The first code has no previous one.
        if (
            code == clear + 1
            || code > next
            || code == next && (previous == None || next == lengths.Length)
            || code > clear && previous == None)
        {
            HaveEnded = true;
            return;
        }

        if (previous != None && next < lengths.Length)
        {
            lengths[next++] = (ushort)(lengths[previous] + 1);

            if (next == 1 << codeBits && codeBits < MaxCodeBits)
                codeBits++;
        }

        missing -= lengths[code];
        previous = code;
    }

    private void Clear()
    {
        next = clear + 2;
        codeBits = int.Log2(clear) + 1;
        previous = None;
    }
}
