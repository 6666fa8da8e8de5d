using System.Buffers.Binary;
using System.Text;

namespace GameImages.Domain.Images.Formats;

/// <summary>ICC.1:2022, section 7.3: an entry in the table of tags.</summary>
/// <param name="ConvertsColors">Decoders may need the tag to convert colors. The other tags are descriptions.</param>
/// <param name="Start">The position of the data in the profile.</param>
/// <param name="Length">The length of the data in bytes, as the entry states it.</param>
internal readonly record struct IccTag(bool ConvertsColors, uint Start, uint Length)
{
    /// <summary>The length of an entry in bytes.</summary>
    public const int EntryLength = 12;

    // Section 9.2: curves, colorants, white points and tables.
    private static readonly HashSet<string> ColorTags = new(StringComparer.Ordinal)
    {
        "rTRC", "gTRC", "bTRC", "kTRC", "rXYZ", "gXYZ", "bXYZ", "wtpt", "bkpt", "chad", "chrm", "cicp", "lumi", "gamt", "pre0", "pre1",
        "pre2", "A2B0", "A2B1", "A2B2", "A2B3", "B2A0", "B2A1", "B2A2", "B2A3", "D2B0", "D2B1", "D2B2", "D2B3", "B2D0", "B2D1", "B2D2",
        "B2D3",
    };

    public static IccTag Read(ReadOnlySpan<byte> entry) => new(
        ColorTags.Contains(Encoding.Latin1.GetString(entry[..4])),
        BinaryPrimitives.ReadUInt32BigEndian(entry[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(entry[8..]));

    /// <summary>Section 10: the bytes that decoders read from the data of a tag. The rest of the data has no meaning.</summary>
    public static int NeededLength(ReadOnlySpan<byte> data)
    {
        const int headerLength = 12;

        if (data.Length < headerLength)
            return data.Length;

        // A curve states the number of its points. A parametric curve states the number of its function, which has 1 to 7 parameters.
        long needed = data.Length;

        if (data.StartsWith("XYZ "u8))
            needed = 20;
        else if (data.StartsWith("curv"u8))
            needed = headerLength + 2L * BinaryPrimitives.ReadUInt32BigEndian(data[8..]);
        else if (data.StartsWith("para"u8))
            needed = headerLength + 4 * 7;

        return (int)Math.Min(needed, data.Length);
    }
}
