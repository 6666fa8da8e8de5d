namespace GameImages.Domain.Images.Formats;

/// <summary>The pixels of a frame whose codes are valid. They serve to encode the visible part of the frame anew.</summary>
internal sealed class GifPixels
{
    // For each code of the table: where its pixels are in "pixels", and how many they are.
    private readonly int[] starts = new int[GifCodes.TableLength];
    private readonly int[] lengths = new int[GifCodes.TableLength];
    private readonly GifEncoder encoder = new();

    private byte[] pixels = [];

    /// <summary>Encodes the rows from the top and the columns from the left that are visible.</summary>
    /// <param name="indexes">The color of each pixel is replaced with its entry in this table.</param>
    /// <param name="used">Receives the colors of the visible pixels.</param>
    /// <param name="cleanSize">The code size of the result.</param>
    public ReadOnlySpan<byte> Encode(
        int codeSize,
        ReadOnlySpan<byte> data,
        int length,
        GifDescriptor frame,
        ImageSize visible,
        byte[] indexes,
        bool[] used,
        int cleanSize)
    {
        Decode(codeSize, data, length, frame.Width * frame.Height);
        encoder.Start(cleanSize);
        Array.Clear(used);
        var start = 0;

        foreach (var row in Rows(frame.Height, frame.IsInterlaced))
        {
            if (row < visible.Height)
            {
                var columns = pixels.AsSpan(start, visible.Width);

                foreach (ref var pixel in columns)
                {
                    pixel = indexes[pixel];
                    used[pixel] = true;
                }

                encoder.Add(columns);
            }

            start += frame.Width;
        }

        return encoder.End();
    }

    // Each code of the table stands for the pixels of a code and the first pixel of the code after it. Both are in "pixels" already.
    private void Decode(int codeSize, ReadOnlySpan<byte> data, int length, int count)
    {
        if (pixels.Length < count)
            pixels = GC.AllocateUninitializedArray<byte>(count);

        var clear = 1 << codeSize;
        var next = clear + 2;
        var bits = codeSize + 1;
        var position = 0L;
        var at = 0;
        var previous = 0;

        while (at < count && position + bits <= 8L * length)
        {
            var code = GifBits.At(data, position, bits);
            position += bits;

            if (code == clear)
            {
                next = clear + 2;
                bits = codeSize + 1;
                previous = 0;
                continue;
            }

            if (previous > 0 && next < GifCodes.TableLength)
            {
                starts[next] = at - previous;
                lengths[next] = previous + 1;
                next++;
            }

            if (next == 1 << bits && bits < GifCodes.MaxBits)
                bits++;

            previous = code < clear ? 1 : lengths[code];

            if (code < clear)
                pixels[at] = (byte)code;
            else
                Repeat(starts[code], at, Math.Min(previous, count - at));

            at += previous;
        }
    }

    // A code may stand for pixels that it repeats itself.
    private void Repeat(int from, int to, int count)
    {
        // Each copy makes the repeated part longer.
        for (var end = to + count; to < end;)
        {
            var length = Math.Min(to - from, end - to);
            pixels.AsSpan(from, length).CopyTo(pixels.AsSpan(to));
            to += length;
        }
    }

    // Appendix E: every eighth row, the rows between those, and so on.
    private static IEnumerable<int> Rows(int height, bool isInterlaced)
    {
        (int First, int Step)[] passes = isInterlaced ? [(0, 8), (4, 8), (2, 4), (1, 2)] : [(0, 1)];

        foreach (var (first, step) in passes)
        {
            for (var row = first; row < height; row += step)
                yield return row;
        }
    }
}
