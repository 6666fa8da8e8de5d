namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The color profile of a JPEG image, ICC.1 annex B.4. It comes in parts, since a segment is short. Each part states its number, from 1,
/// and the number of parts.
/// </summary>
internal sealed class JpegProfile
{
    private const int PrefixLength = 14;
    private const int MaxPartLength = ushort.MaxValue - 2 - PrefixLength;

    // The content of the segments, in the order of their numbers and in that of the file.
    private byte[]?[] parts = [];
    private readonly List<int> order = [];
    private readonly List<int> offsets = [];
    private bool isBroken;
    private byte[] stored = [];
    private bool isRewritten;

    private static ReadOnlySpan<byte> Signature => "ICC_PROFILE\0"u8;

    private bool IsWhole => !isBroken && order.Count > 0 && order.Count == parts.Length;

    /// <summary>
    /// Records a segment before the first scan. Like browsers, this takes the first profile that is whole. A part that does not belong to
    /// it, and comes before its last part, makes the profile invalid.
    /// </summary>
    public void Record(JpegSegment segment)
    {
        var content = segment.Content;

        if (segment.Marker != JpegSegment.App2 || content.Length <= PrefixLength || !content.StartsWith(Signature))
            return;
        if (isBroken || IsWhole)
            return;

        var number = content[Signature.Length];
        var count = content[Signature.Length + 1];

        if (parts.Length == 0)
            parts = new byte[count][];

        if (number == 0 || number > count || count != parts.Length || parts[number - 1] is not null)
        {
            isBroken = true;
            return;
        }

        parts[number - 1] = content[PrefixLength..].ToArray();
        order.Add(number);
        offsets.Add(segment.Offset);
    }

    /// <summary>Checks and cleans the profile after all its segments have been recorded.</summary>
    /// <param name="components">The number of components of the image. Decoders ignore a profile for another kind of colors.</param>
    public void Finish(int components)
    {
        if (!IsWhole)
            return;

        ReadOnlySpan<byte> whole = order.Count == 1 ? parts[0] : [.. parts.SelectMany(part => part!)];
        var clean = IccProfile.Clean(whole, offsets[0]);

        if (clean.IsEmpty || !FitsColors(clean, components))
            return;

        stored = clean.ToArray();
        isRewritten = !IsUsual() || !clean.SequenceEqual(whole);
    }

    /// <summary>Adds the segment if it is a part of the profile. A profile that was changed is added in place of its first part.</summary>
    public void Add(JpegSegment segment, JpegImage image)
    {
        if (stored.Length == 0 || !offsets.Contains(segment.Offset))
            return;

        if (!isRewritten)
        {
            image.Add(new JpegRange(segment.Range));
            return;
        }

        if (segment.Offset != offsets[0])
            return;

        var chunks = stored.Chunk(MaxPartLength).ToArray();

        for (var i = 0; i < chunks.Length; i++)
        {
            byte[] content = [.. Signature, (byte)(i + 1), (byte)chunks.Length, .. chunks[i]];
            image.Add(new JpegBytes(JpegSegment.Write(JpegSegment.App2, content)));
        }
    }

    // The order and the lengths of the parts could hide something. Usual parts are in order, and only the last one may be shorter.
    private bool IsUsual()
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var length = parts[i]!.Length;
            var isUsual = i == parts.Length - 1 ? length <= parts[0]!.Length : length == parts[0]!.Length;

            if (order[i] != i + 1 || !isUsual)
                return false;
        }

        return true;
    }

    // The header of a profile names its colors in bytes 16 to 19.
    private static bool FitsColors(ReadOnlySpan<byte> profile, int components)
    {
        var colors = profile[16..20];
        return components switch
        {
            1 => colors.SequenceEqual("GRAY"u8) || colors.SequenceEqual("RGB "u8),
            4 => colors.SequenceEqual("CMYK"u8),
            _ => colors.SequenceEqual("RGB "u8),
        };
    }
}
