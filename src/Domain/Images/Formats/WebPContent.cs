namespace GameImages.Domain.Images.Formats;

/// <summary>The content of a chunk of the cleaned file.</summary>
/// <param name="Original">The position in the file of the bytes to copy.</param>
/// <param name="Changed">The bytes, if they are not the same as in the file.</param>
internal readonly record struct WebPContent(Range Original, byte[]? Changed = null)
{
    public int Length => Changed?.Length ?? Original.End.Value - Original.Start.Value;

    /// <param name="bits">The number of bits to keep, from the lowest bit of the first byte. The rest of the last byte becomes zero.</param>
    public static WebPContent Cut(Range content, ByteReader input, long bits)
    {
        var kept = content.Start..(content.Start.Value + (int)((bits + 7) / 8));
        var last = input[kept][^1];
        var masked = (byte)(last & (0xFF >> (int)(-bits & 7)));

        if (masked == last)
            return new(kept);

        var changed = input[kept].ToArray();
        changed[^1] = masked;
        return new(kept, changed);
    }

    public ReadOnlySpan<byte> Read(ByteReader input) => Changed ?? input[Original];
}
