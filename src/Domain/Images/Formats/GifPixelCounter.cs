namespace GameImages.Domain.Images.Formats;

/// <summary>
/// GIF89a appendix F: counts the pixels that LZW codes stand for, without decoding them. This shows whether a frame is complete.
/// </summary>
internal sealed class GifPixelCounter
{
    private const int MaxCodeBits = 12;
    private const int None = -1;

    // The number of pixels that each code of the table stands for.
    private readonly ushort[] lengths = new ushort[1 << MaxCodeBits];

    private int clear;
    private int next;
    private int codeBits;
    private int previous;
    private uint pending;
    private int pendingBits;
    private long missing;

    public bool IsComplete => missing <= 0;

    /// <summary>An end code or an invalid code was read. Decoders read no codes after it.</summary>
    public bool HasEnded { get; private set; }

    public void Start(int codeSize, int pixels)
    {
        clear = 1 << codeSize;
        missing = pixels;
        pending = 0;
        pendingBits = 0;
        HasEnded = false;
        Array.Fill(lengths, (ushort)1, 0, clear);
        Clear();
    }

    public void Add(ReadOnlySpan<byte> block)
    {
        foreach (var value in block)
        {
            pending |= (uint)value << pendingBits;
            pendingBits += 8;

            while (pendingBits >= codeBits && !HasEnded)
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

        var isEnd = code == clear + 1;

        // The next free code stands for the pixels of the previous code plus its first pixel.
        var last = next < lengths.Length ? next : next - 1;

        // The first code has no previous code, so it must stand for one pixel.
        var isKnown = previous == None ? code < clear : code <= last;

        if (isEnd || !isKnown)
        {
            HasEnded = true;
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
