namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG section 7: the rows of an image, or of each of the seven passes of an interlaced one. Each row is a filter type and its samples.
/// </summary>
internal sealed class PngRows
{
    private const int Filters = 5;

    // Section 8.1: the first column and row of each pass, and the distance to its next column and row.
    private static readonly (int Left, int Top, int Right, int Down)[] Adam7 =
    [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ];

    private readonly Queue<(long Length, int Count, long Bits)> passes = new();
    private readonly Stream? copy;
    private readonly PngSamples? samples;
    private long length;
    private int rows;
    private long leftInRow;

    /// <param name="copy">Gets the bytes of all rows, and nothing else.</param>
    /// <param name="samples">Gets them row by row.</param>
    public PngRows(PngHeader header, ImageSize size, Stream? copy = null, PngSamples? samples = null)
    {
        this.copy = copy;
        this.samples = samples;
        IsInterlaced = header.IsInterlaced;

        if (!header.IsInterlaced)
            AddPass(size.Width, size.Height);
        else
        {
            foreach (var (left, top, right, down) in Adam7)
                AddPass((size.Width - left + right - 1) / right, (size.Height - top + down - 1) / down);
        }

        void AddPass(int width, int height)
        {
            if (width <= 0 || height <= 0)
                return;

            var bits = (long)width * header.BitsPerPixel;
            Add(1 + (bits + 7) / 8, height, bits);
        }
    }

    /// <summary>Other bytes of this number are like one row.</summary>
    public PngRows(long length) => Add(length, count: 1, bits: 0);

    public bool IsInterlaced { get; }

    /// <summary>The number of bytes that are still to come.</summary>
    public long Missing { get; private set; }

    /// <summary>The data has bytes after the last row.</summary>
    public bool HasSurplus { get; private set; }

    public bool HasUnknownFilter { get; private set; }

    public void Read(ReadOnlySpan<byte> data)
    {
        if (data.Length > Missing)
        {
            HasSurplus = true;
            data = data[..(int)Missing];
        }

        Missing -= data.Length;
        copy?.Write(data);

        while (data.Length > leftInRow)
        {
            samples?.Read(data[..(int)leftInRow]);
            data = data[(int)leftInRow..];
            HasUnknownFilter |= data[0] >= Filters;
            StartRow();
        }

        samples?.Read(data);
        leftInRow -= data.Length;
    }

    private void Add(long rowLength, int count, long bits)
    {
        passes.Enqueue((rowLength, count, bits));
        Missing += rowLength * count;
    }

    private void StartRow()
    {
        if (rows == 0)
        {
            (length, rows, var bits) = passes.Dequeue();
            samples?.StartPass(length, bits);
        }

        leftInRow = length;
        rows--;
    }
}
