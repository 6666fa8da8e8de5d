namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.6.2.2: the lengths and distances of copies.</summary>
internal static class WebPDistances
{
    // The nearest pixels above and to the left have distance codes of their own, in the order of their distance.
    private static readonly (int X, int Y)[] Near = [.. NearPixels()];

    /// <summary>Reads a number whose prefix states how many bits follow.</summary>
    public static int ReadNumber(ref WebPBitReader reader, int prefix)
    {
        if (prefix < 4)
            return prefix + 1;

        var bits = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << bits) + (int)reader.Read(bits) + 1;
    }

    /// <returns>The number of pixels between a copy and its source.</returns>
    public static int Of(int code, int width)
    {
        if (code > Near.Length)
            return code - Near.Length;

        var (x, y) = Near[code - 1];
        return Math.Max(1, x + y * width);
    }

    private static IEnumerable<(int X, int Y)> NearPixels() =>
        from y in Enumerable.Range(0, 8)
        from x in Enumerable.Range(-7, 16)
        where y > 0 || x > 0
        orderby x * x + y * y, y descending, x descending
        select (x, y);
}
