using System.Runtime.InteropServices;

namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a appendix F: encodes pixels. The same pixels always give the same bytes.</summary>
internal sealed class GifEncoder
{
    private const int None = -1;

    // For each pair of a code and a pixel: the code that stands for the pixels of both, or 0.
    private ushort[] codes = [];
    private readonly int[] keys = new int[GifCodes.TableLength];
    private readonly List<byte> data = [];

    private int codeSize;
    private int clear;
    private int next;
    private int bits;
    private bool isFirst;
    private int current;
    private ulong pending;
    private int pendingBits;

    public void Start(int codeSize)
    {
        data.Clear();
        pending = 0;
        pendingBits = 0;
        this.codeSize = codeSize;
        clear = 1 << codeSize;
        bits = codeSize + 1;
        current = None;

        if (codes.Length < GifCodes.TableLength << codeSize)
            codes = new ushort[GifCodes.TableLength << codeSize];

        Clear();
    }

    public void Add(ReadOnlySpan<byte> pixels)
    {
        foreach (var pixel in pixels)
        {
            var key = current << codeSize | pixel;

            if (current == None)
                current = pixel;
            else if (codes[key] != 0)
                current = codes[key];
            else
                AddNew(key, pixel);
        }
    }

    /// <returns>The codes of all pixels, and the end code.</returns>
    public ReadOnlySpan<byte> End()
    {
        Write(current);
        Write(clear + 1);
        Flush(roundUp: 7);
        Forget();
        return CollectionsMarshal.AsSpan(data);
    }

    private void AddNew(int key, byte pixel)
    {
        Write(current);
        current = pixel;

        if (next == GifCodes.TableLength)
        {
            Clear();
            return;
        }

        codes[key] = (ushort)next;
        keys[next] = key;
    }

    private void Clear()
    {
        Put(clear);
        Forget();
        next = clear + 2;
        bits = codeSize + 1;
        isFirst = true;
    }

    private void Forget()
    {
        for (var code = clear + 2; code < next; code++)
            codes[keys[code]] = 0;

        next = 0;
    }

    // The decoder adds a code to its table when it reads any code but the first.
    private void Write(int code)
    {
        Put(code);

        if (!isFirst && next < GifCodes.TableLength)
            next++;
        if (next == 1 << bits && bits < GifCodes.MaxBits)
            bits++;

        isFirst = false;
    }

    private void Put(int code)
    {
        pending |= (ulong)code << pendingBits;
        pendingBits += bits;
        Flush(roundUp: 0);
    }

    private void Flush(int roundUp)
    {
        for (; pendingBits + roundUp >= 8; pendingBits -= 8, pending >>= 8)
            data.Add((byte)pending);
    }
}
