namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The parts of the cleaned file after the logical screen, in their order. They wait here until all frames have been read, because the
/// frames decide what the logical screen and its color table say.
/// </summary>
internal sealed class GifParts
{
    private readonly List<(Range Range, byte[]? Bytes)> parts = [];

    /// <summary>The bytes that differ from the upload, or may differ.</summary>
    public long AddedBytes { get; private set; }

    /// <summary>Keeps a part of the upload as it is.</summary>
    public void Keep(Range range) => parts.Add((range, null));

    /// <returns>The number of the part.</returns>
    public int Add(byte[] bytes)
    {
        AddedBytes += bytes.Length;
        parts.Add((default, bytes));
        return parts.Count - 1;
    }

    public void Replace(int part, byte[] bytes) => parts[part] = (default, bytes);

    public void CopyTo(CleanCopy output, ByteReader input)
    {
        foreach (var (range, bytes) in parts)
            output.Append(bytes ?? input[range]);
    }
}
