namespace GameImages.Domain.Images.Formats;

/// <summary>The content of a chunk of the cleaned file.</summary>
/// <param name="Original">The position in the file of the bytes to copy.</param>
/// <param name="Changed">The bytes, if they are not the same as in the file.</param>
internal readonly record struct WebPContent(Range Original, byte[]? Changed = null)
{
    public int Length => Changed?.Length ?? Original.End.Value - Original.Start.Value;

    /// <param name="bits">The number of bits to keep, from the lowest bit of the first byte. All other bits become zero.</param>
    /// <param name="minLength">The number of bytes to keep at least.</param>
    public static WebPContent Cut(Range content, ByteReader input, long bits, int minLength = 0)
    {
        var length = (int)((bits + 7) / 8);
        var kept = content.Start..(content.Start.Value + Math.Max(length, minLength));
        var original = input[kept];
        var lastByte = (byte)(original[length - 1] & 0xFF >> (int)(-bits & 7));

        if (lastByte == original[length - 1] && !original[length..].ContainsAnyExcept((byte)0))
            return new(kept);

        var changed = original.ToArray();
        changed[length - 1] = lastByte;
        changed.AsSpan(length).Clear();
        return new(kept, changed);
    }

    /// <param name="clean">The start of the content of the chunk, or other bytes.</param>
    public static WebPContent Of(ReadOnlySpan<byte> clean, WebPChunk chunk)
    {
        var start = chunk.Range.Start.Value;
        return new(start..(start + clean.Length), chunk.Content.StartsWith(clean) ? null : clean.ToArray());
    }

    public ReadOnlySpan<byte> Read(ByteReader input) => Changed ?? input[Original];
}
