namespace GameImages.Domain.Images.Formats;

/// <summary>GIF89a sections 19 and 21: color tables. Each color has three bytes.</summary>
internal static class GifColors
{
    private const int Black = 0;

    /// <returns>The number of bytes in colors that no pixel shows.</returns>
    public static int CountUnseen(ReadOnlySpan<byte> colors, bool[] seen)
    {
        var count = 0;

        for (var i = 0; i < colors.Length; i++)
        {
            if (colors[i] != 0 && !seen[i / 3])
                count++;
        }

        return count;
    }

    /// <returns>A copy in which the colors that no pixel shows are zero.</returns>
    public static byte[] WithoutUnseen(ReadOnlySpan<byte> colors, bool[] seen)
    {
        var clean = colors.ToArray();

        for (var i = 0; i < clean.Length; i++)
        {
            if (!seen[i / 3])
                clean[i] = 0;
        }

        return clean;
    }

    /// <summary>Finds the colors that look the same. Data could be hidden in the choice between them.</summary>
    /// <param name="transparent">The color that is not drawn, or -1.</param>
    /// <param name="first">Receives, for each used color, the first used one that looks the same.</param>
    /// <returns>True if two used colors look the same.</returns>
    public static bool FindEqual(ReadOnlySpan<byte> colors, bool[] used, int transparent, byte[] first)
    {
        var indexes = new Dictionary<int, byte>();
        var found = false;

        for (var i = 0; i < used.Length; i++)
        {
            first[i] = (byte)i;

            if (!used[i] || i == transparent || indexes.TryAdd(ColorOf(colors, i), (byte)i))
                continue;

            first[i] = indexes[ColorOf(colors, i)];
            found = true;
        }

        return found;
    }

    // Chromium shows the colors that the table does not have as black.
    private static int ColorOf(ReadOnlySpan<byte> colors, int index) =>
        3 * index < colors.Length ? colors[3 * index] << 16 | colors[3 * index + 1] << 8 | colors[3 * index + 2] : Black;
}
