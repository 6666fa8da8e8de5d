namespace GameImages.Domain.Images.Formats;

/// <summary>T.81 section B.2.2: one component of the image, and which of its coefficients the scans have coded.</summary>
internal sealed class JpegComponent(byte id, int horizontal, int vertical, int quantization)
{
    public const int Coefficients = 64;

    private const sbyte NotCoded = -1;

    private readonly sbyte[] lowestBits = [.. Enumerable.Repeat(NotCoded, Coefficients)];
    private ulong[]? nonzero;

    public byte Id => id;

    /// <summary>The blocks of one unit of an interleaved scan.</summary>
    public int Horizontal => horizontal;

    public int Vertical => vertical;

    public int Quantization => quantization;

    /// <summary>The blocks that are needed for the width of the image. A scan of only this component has no others.</summary>
    public int Columns { get; private set; }

    public int Rows { get; private set; }

    public int Blocks => Columns * Rows;

    public bool IsStarted => lowestBits[0] != NotCoded;

    /// <summary>Whether the scans have coded all bits of all coefficients.</summary>
    public bool IsComplete => lowestBits.All(bit => bit == 0);

    /// <summary>
    /// For each block, the coefficients that are not zero. Refinement scans have one more bit for each of them. This needs 8 bytes for 64
    /// pixels, and only if a progressive image has refinement scans.
    /// </summary>
    public Span<ulong> Nonzero => nonzero ??= new ulong[Blocks];

    public void SetBlocks(ImageSize image, int maxHorizontal, int maxVertical)
    {
        Columns = CeilingDivide(image.Width * horizontal, 8 * maxHorizontal);
        Rows = CeilingDivide(image.Height * vertical, 8 * maxVertical);
    }

    /// <summary>Records that a scan codes these coefficients down to the bit <paramref name="low"/>.</summary>
    /// <param name="high">The lowest bit of earlier scans; 0 if this is the first scan of the coefficients.</param>
    /// <returns>Whether the scan continues where earlier scans stopped.</returns>
    public bool Code(int first, int last, int high, int low)
    {
        if (first > 0 && !IsStarted)
            return false;

        for (var i = first; i <= last; i++)
        {
            var isNext = high == 0 ? lowestBits[i] == NotCoded : lowestBits[i] == high;

            if (!isNext)
                return false;

            lowestBits[i] = (sbyte)low;
        }

        return true;
    }

    /// <returns>The quotient, rounded up.</returns>
    public static int CeilingDivide(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
