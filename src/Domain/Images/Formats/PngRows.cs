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

    private readonly Queue<(long Length, int Count)> passes = new();
    private readonly Stream? copy;
    private readonly PngIndexes? indexes;
    private long length;
    private int rows;
    private long leftInRow;

    /// <param name="copy">Gets the bytes of all rows, and nothing else.</param>
    /// <param name="indexes">Gets them too, row by row.</param>
    public PngRows(PngHeader header, ImageSize size, Stream? copy = null, PngIndexes? indexes = null)
    {
        this.copy = copy;
        this.indexes = indexes;

        if (!header.IsInterlaced)
            Add(size.Width, size.Height);
        else
        {
            foreach (var (left, top, right, down) in Adam7)
                Add((size.Width - left + right - 1) / right, (size.Height - top + down - 1) / down);
        }

        void Add(int width, int height)
        {
            if (width <= 0 || height <= 0)
                return;

            var rowLength = 1 + ((long)width * header.BitsPerPixel + 7) / 8;
            passes.Enqueue((rowLength, height));
            Missing += rowLength * height;
        }
    }

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
            indexes?.Read(data[..(int)leftInRow]);
            data = data[(int)leftInRow..];
            HasUnknownFilter |= data[0] >= Filters;
            StartRow();
        }

        indexes?.Read(data);
        leftInRow -= data.Length;
    }

    private void StartRow()
    {
        if (rows == 0)
        {
            (length, rows) = passes.Dequeue();
            indexes?.StartPass(length);
        }

        leftInRow = length;
        rows--;
    }
}
