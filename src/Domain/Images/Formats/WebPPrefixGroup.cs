namespace GameImages.Domain.Images.Formats;

/// <summary>RFC 9649 section 3.7.1: the five prefix codes that a pixel is read with.</summary>
/// <param name="Green">Codes of a green value, or of the length of a copy, or of an index into the color cache.</param>
internal readonly record struct WebPPrefixGroup(
    WebPPrefixCode Green, WebPPrefixCode Red, WebPPrefixCode Blue, WebPPrefixCode Alpha, WebPPrefixCode Distance)
{
    public const int Colors = 256;

    /// <summary>The first green symbol that is an index into the color cache.</summary>
    public const int FirstIndex = Colors + 24;

    /// <summary>The number of green symbols with the largest color cache.</summary>
    public const int MaxSymbols = FirstIndex + (1 << MaxCacheBits);

    public const int MaxCacheBits = 11;

    private const int Distances = 40;

    /// <summary>Each symbol is the same color or the same index, and takes no bits.</summary>
    public bool IsOnePixel => !(Green.HasBits || Red.HasBits || Blue.HasBits || Alpha.HasBits) && Green.Table is < Colors or >= FirstIndex;

    /// <summary>Marks the symbols of <see cref="IsOnePixel"/> as used.</summary>
    public void Use(byte[] costs)
    {
        costs[Green.Costs] = 0;
        costs[Red.Costs] = 0;
        costs[Blue.Costs] = 0;
        costs[Alpha.Costs] = 0;
    }

    public static WebPPrefixGroup Read(ref WebPBitReader reader, WebPPrefixCodeReader codes, int cacheBits) => new(
        codes.Read(ref reader, FirstIndex + (cacheBits == 0 ? 0 : 1 << cacheBits)),
        codes.Read(ref reader, Colors),
        codes.Read(ref reader, Colors),
        codes.Read(ref reader, Colors),
        codes.Read(ref reader, Distances));
}
