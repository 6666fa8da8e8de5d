using System.Buffers.Binary;

namespace GameImages.Domain.Images.Formats;

/// <summary>
/// A color profile (ICC.1:2022, section 7): a header of 128 bytes, a table of tags, and the data of the tags. Bytes that no tag needs are
/// not part of the profile.
/// </summary>
internal static class IccProfile
{
    /// <summary>The tags that only describe a profile may have this many bytes in all. Most profiles have fewer than 1,600.</summary>
    public const int MaxDescriptiveBytes = 4096;

    /// <summary>The specification defines fewer than 60 tags.</summary>
    public const int MaxTags = 100;

    private const int CountAt = 128;
    private const int TableAt = CountAt + 4;
    private const int SignatureAt = 36;

    /// <summary>
    /// Replaces the bytes that can hide something by zeros: all bytes that no tag needs, and the descriptive tags if they are too long.
    /// </summary>
    /// <param name="offset">The position of the profile in the upload.</param>
    /// <returns>
    /// The profile to store, which is a slice of the argument if no byte was replaced. It is empty if decoders ignore the profile: it has
    /// no signature, ends too early, or has a tag outside its bounds.
    /// </returns>
    /// <exception cref="ImageRefusedException">The profile has too many tags.</exception>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> profile, int offset)
    {
        if (profile.Length < TableAt || !profile[SignatureAt..].StartsWith("acsp"u8))
            return [];

        var size = BinaryPrimitives.ReadUInt32BigEndian(profile);
        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[CountAt..]);
        var dataAt = TableAt + (long)IccTag.EntryLength * count;

        if (size > profile.Length || size < dataAt)
            return [];
        if (count > MaxTags)
            throw ImageRefusedException.Malformed($"The color profile has {count} tags; the limit is {MaxTags}", offset);

        profile = profile[..(int)size];
        var tags = new IccTag[count];

        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = IccTag.Read(profile[(TableAt + IccTag.EntryLength * i)..]);

            if (tags[i].Length < 4 || (long)tags[i].Start + tags[i].Length > size)
                return [];
        }

        var clean = new byte[profile.Length];
        profile[..(int)dataAt].CopyTo(clean);
        CopyTags(profile, tags, clean);
        return profile.SequenceEqual(clean) ? profile : clean;
    }

    private static void CopyTags(ReadOnlySpan<byte> profile, IccTag[] tags, Span<byte> clean)
    {
        var descriptions = tags.Where(tag => !tag.ConvertsColors).Sum(tag => (long)tag.Length);

        foreach (var tag in tags)
        {
            var data = profile.Slice((int)tag.Start, (int)tag.Length);
            var isKept = tag.ConvertsColors || descriptions <= MaxDescriptiveBytes;

            // A tag that is not kept still states the type of its data.
            var length = isKept ? IccTag.NeededLength(data) : 4;
            data[..length].CopyTo(clean[(int)tag.Start..]);
        }
    }
}
