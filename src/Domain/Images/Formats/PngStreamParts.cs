namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Where the parts of a zlib stream are in the file: the contents of chunks. The parts of all streams have one length, but the last part
/// of a stream may be shorter. A few may have other lengths. Otherwise, data could hide in the lengths.
/// </summary>
internal sealed class PngStreamParts
{
    private const int MaxOddLengths = 16;

    private readonly List<Range> parts = [];
    private int usualLength;
    private int oddLengths;

    public int Count => parts.Count;

    public int Bytes => parts.Sum(Length);

    public Range this[int index] => parts[index];

    public void Add(Range content) => parts.Add(content);

    public void Clear() => parts.Clear();

    public ReadOnlySpan<byte> Join(ReadOnlySpan<byte> file, Span<byte> target)
    {
        var length = 0;

        foreach (var part in parts)
        {
            file[part].CopyTo(target[length..]);
            length += Length(part);
        }

        return target[..length];
    }

    /// <summary>Drops what follows the stream.</summary>
    /// <returns>Whether the last part is now shorter than its chunk.</returns>
    public bool CutTo(int length)
    {
        var count = 0;

        for (; length > 0; count++)
            length -= Length(parts[count]);

        parts.RemoveRange(count, parts.Count - count);
        parts[^1] = parts[^1].Start..(parts[^1].End.Value + length);
        return length < 0;
    }

    /// <returns>False if the stream must become one part, because the file would have too many parts of other lengths.</returns>
    public bool TryKeepLengths()
    {
        var usual = usualLength > 0 || parts.Count == 1 ? usualLength : parts.Select(Length).First(length => length > 0);
        var odd = parts.SkipLast(1).Count(part => Length(part) != usual) + (Length(parts[^1]) > usual ? 1 : 0);

        if (parts.Count > 1 && oddLengths + odd <= MaxOddLengths)
        {
            usualLength = usual;
            oddLengths += odd;
            return true;
        }

        if (usualLength > 0 && Bytes > usualLength)
            oddLengths++;

        return parts.Count == 1;
    }

    private static int Length(Range part) => part.End.Value - part.Start.Value;
}
