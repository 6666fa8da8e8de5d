namespace GameImages.Domain.Images.Formats;

/// <summary>
/// PNG section 11.3: the ancillary chunks that change how the image looks. Decoders ignore such a chunk in a wrong place or with a wrong
/// length, so leaving it out does not change the image.
/// </summary>
internal static class PngAppearance
{
    private const uint Transparency = 0x74524E53; // tRNS
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

    public static bool ShouldKeep(PngChunk chunk, PngHeader header, PngParts parts)
    {
        var length = chunk.Content.Length;
        var colorLength = header.IsGray ? 2 : 6;
        var significantBitsLength = (header.IsGray ? 1 : 3) + (header.HasAlpha ? 1 : 0);
        var beforePalette = !parts.HasPalette && !parts.HasData;
        var afterPalette = (parts.HasPalette || !header.IsIndexed) && !parts.HasData;

        return chunk.Type switch
        {
            Gamma => beforePalette && length == 4,
            Chromaticities => beforePalette && length == 32,
            StandardRgb => beforePalette && length == 1,
            CodingIndependent => beforePalette && length == 4,
            MasteringDisplay => beforePalette && length == 24,
            ContentLight => beforePalette && length == 8,
            Profile => beforePalette && IsProfile(chunk),
            SignificantBits => beforePalette && length == significantBitsLength,
            Transparency when header.IsIndexed => afterPalette && length >= 1 && length <= parts.PaletteEntries,
            Transparency => afterPalette && !header.HasAlpha && length == colorLength,
            Background when header.IsIndexed => afterPalette && length == 1,
            Background => afterPalette && length == colorLength,
            Dimensions => !parts.HasData && length == 9,
            _ => false,
        };
    }

    // A name of 1 to 79 bytes, a zero, the compression method 0, and the compressed profile.
    private static bool IsProfile(PngChunk chunk)
    {
        var nameLength = chunk.Content.IndexOf((byte)0);
        return nameLength is >= 1 and <= 79 && chunk.Content[(nameLength + 1)..] is [0, _, ..];
    }
}
