namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The rows with their filters undone (PNG section 9). They tell which colors the pixels of an indexed image with 8 bits have, and which
/// rows have bits after their last pixel. Decoders ignore those bits.
/// </summary>
/// <param name="copy">Gets all rows, with their filters, and with zeros after their last pixels.</param>
internal sealed class PngSamples(Stream? copy = null)
{
    private readonly bool[] used = new bool[256];
    private byte[] row = [];
    private byte[] above = [];
    private int length;
    private byte pixelsInLast;

    /// <summary>The number of rows with bits other than zero after their last pixel.</summary>
    public int HidingRows { get; private set; }

    /// <param name="colors">The number of colors. A pixel beyond them has the last one.</param>
    public bool IsUsed(int color, int colors) => used[color] || (color == colors - 1 && used.AsSpan(colors).Contains(true));

    /// <param name="rowLength">With the filter type.</param>
    /// <param name="bits">The number of bits in the pixels of a row.</param>
    public void StartPass(long rowLength, long bits)
    {
        row = new byte[rowLength];
        above = new byte[rowLength];
        length = 0;
        pixelsInLast = (byte)(0xFF << (int)(8 * (rowLength - 1) - bits));
    }

    /// <param name="part">A part of one row.</param>
    public void Read(ReadOnlySpan<byte> part)
    {
        part.CopyTo(row.AsSpan(length));
        length += part.Length;

        if (part.IsEmpty || length < row.Length)
            return;

        var filter = row[0];
        copy?.Write(row.AsSpan(..^1));
        Unfilter(filter);
        copy?.WriteByte(LastWithoutHidden(filter));

        if ((row[^1] & ~pixelsInLast) != 0)
            HidingRows++;

        foreach (var index in row.AsSpan(1))
            used[index] = true;

        (row, above) = (above, row);
        length = 0;
    }

    private void Unfilter(byte filter)
    {
        // The filter types count as the pixels to the left of the first ones, which are 0.
        row[0] = 0;

        if (filter == 0)
            return;

        var left = (byte)0;
        var upperLeft = (byte)0;

        for (var i = 1; i < row.Length; i++)
        {
            var up = above[i];
            left = row[i] = (byte)(row[i] + Predict(filter, left, up, upperLeft));
            upperLeft = up;
        }
    }

    private byte LastWithoutHidden(byte filter) =>
        (byte)((row[^1] & pixelsInLast) - Predict(filter, row[^2], (byte)(above[^1] & pixelsInLast), above[^2]));

    private static byte Predict(byte filter, byte left, byte up, byte upperLeft) =>
        filter switch
        {
            0 => 0,
            1 => left,
            2 => up,
            3 => (byte)((left + up) / 2),
            _ => Paeth(left, up, upperLeft),
        };

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
