namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The colors that the pixels of an indexed image with 8 bits have. The filters of its rows (PNG section 9) are undone for that.
/// </summary>
internal sealed class PngIndexes
{
    private readonly bool[] used = new bool[256];
    private byte[] row = [];
    private byte[] above = [];
    private int length;

    /// <param name="colors">The number of colors. A pixel beyond them has the last one.</param>
    public bool IsUsed(int color, int colors) => used[color] || (color == colors - 1 && used.AsSpan(colors).Contains(true));

    /// <param name="rowLength">With the filter type.</param>
    public void StartPass(long rowLength)
    {
        row = new byte[rowLength];
        above = new byte[rowLength];
        length = 0;
    }

    /// <param name="part">A part of one row.</param>
    public void Read(ReadOnlySpan<byte> part)
    {
        part.CopyTo(row.AsSpan(length));
        length += part.Length;

        if (part.IsEmpty || length < row.Length)
            return;

        Unfilter();

        foreach (var index in row.AsSpan(1))
            used[index] = true;

        (row, above) = (above, row);
        length = 0;
    }

    private void Unfilter()
    {
        var filter = row[0];

        // The filter types count as the pixels to the left of the first ones, which are 0.
        row[0] = 0;

        for (var i = 1; filter != 0 && i < row.Length; i++)
        {
            row[i] += filter switch
            {
                1 => row[i - 1],
                2 => above[i],
                3 => (byte)((row[i - 1] + above[i]) / 2),
                _ => Paeth(row[i - 1], above[i], above[i - 1]),
            };
        }
    }

    private static byte Paeth(int left, int up, int upperLeft)
    {
        var toLeft = Math.Abs(up - upperLeft);
        var toUp = Math.Abs(left - upperLeft);
        var toUpperLeft = Math.Abs(left + up - 2 * upperLeft);

        if (toLeft <= toUp && toLeft <= toUpperLeft)
            return (byte)left;

        return (byte)(toUp <= toUpperLeft ? up : upperLeft);
    }
}
