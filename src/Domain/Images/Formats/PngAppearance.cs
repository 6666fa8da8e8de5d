namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG section 11.3: the ancillary chunks that change how the image looks. Decoders use the first valid one of each type, and only before
/// the image data. Leaving out the others does not change the image.
/// </summary>
internal sealed class PngAppearance(PngHeader header)
{
    private const uint Chromaticities = 0x6348524D; // cHRM
    private const uint Gamma = 0x67414D41; // gAMA
    private const uint Profile = 0x69434350; // iCCP
    private const uint SignificantBits = 0x73424954; // sBIT
    private const uint StandardRgb = 0x73524742; // sRGB
    private const uint CodingIndependent = 0x63494350; // cICP
    private const uint MasteringDisplay = 0x6D444356; // mDCV
    private const uint ContentLight = 0x634C4C49; // cLLI
    private const uint Background = 0x624B4744; // bKGD
    private const uint Dimensions = 0x70485973; // pHYs

    private readonly HashSet<uint> seen = [];
    private int paletteEntries;

    public bool HasPalette => paletteEntries > 0;

    /// <returns>The colors that the samples of an indexed image can address. Other images do not use the palette.</returns>
    public ReadOnlySpan<byte> CleanPalette(ReadOnlySpan<byte> palette)
    {
        paletteEntries = Math.Min(palette.Length / 3, 1 << header.Depth);
        return header.IsIndexed ? palette[..(3 * paletteEntries)] : [];
    }

    /// <returns>The content to store; empty if the chunk does not change how the image looks.</returns>
    public ReadOnlySpan<byte> Clean(PngChunk chunk, bool afterImageData)
    {
        var isInPlace = !afterImageData || chunk.Type == PngChunk.Exif;

        if (!isInPlace || !IsValid(chunk) || !seen.Add(chunk.Type))
            return [];

        return chunk.Type switch
        {
            Profile => PngProfile.Clean(chunk),
            PngChunk.Transparency => chunk.Content[..Math.Min(chunk.Content.Length, TransparencyLength)],
            PngChunk.Exif => CleanExif(chunk.Content),
            _ => chunk.Content,
        };
    }

    private int ColorLength => header.IsGray ? 2 : 6;

    private int TransparencyLength => header.IsIndexed ? paletteEntries : ColorLength;

    private bool IsValid(PngChunk chunk)
    {
        var content = chunk.Content;
        var length = content.Length;

        return chunk.Type switch
        {
            PngChunk.Exif => true,
            Profile => true,
            Gamma => length == 4 && content is not [0, 0, 0, 0],
            Chromaticities => length == 32,
            StandardRgb => content is [<= 3],
            CodingIndependent => !HasPalette && content is [_, _, 0, <= 1],
            MasteringDisplay => !HasPalette && length == 24,
            ContentLight => length == 8,
            SignificantBits => !HasPalette && AreSignificantBits(content),
            PngChunk.Transparency when header.IsIndexed => HasPalette && length is >= 1 and <= 256,
            PngChunk.Transparency => !header.HasAlpha && length >= ColorLength && length <= 256,
            Background when header.IsIndexed => HasPalette && length == 1,
            Background => length == ColorLength,
            Dimensions => length == 9 && content[8] <= 1,
            _ => false,
        };
    }

    private bool AreSignificantBits(ReadOnlySpan<byte> content)
    {
        var channels = (header.IsGray ? 1 : 3) + (header.HasAlpha ? 1 : 0);
        var depth = header.IsIndexed ? (byte)8 : header.Depth;
        return content.Length == channels && !content.ContainsAnyExceptInRange((byte)1, depth);
    }

    private static ReadOnlySpan<byte> CleanExif(ReadOnlySpan<byte> content)
    {
        var orientation = Exif.ReadOrientation(content);
        return orientation == Exif.Upright ? [] : Exif.Write(orientation);
    }
}
