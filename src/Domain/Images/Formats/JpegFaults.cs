namespace GameImages.Domain.Images.Formats;

/// <summary>
/// Counts the codes of an image that do not exist, or that change nothing. Encoders do not write them. Decoders forgive them, and each one
/// could hide up to 17 bits, so an image may have only a few.
/// </summary>
internal sealed class JpegFaults
{
    public const int Max = 64;

    private int faults;

    /// <exception cref="ImageRefusedException">The image has too many of these codes.</exception>
    public void Add(JpegScanHeader scan, int position)
    {
        if (++faults > Max)
            throw scan.Refuse($"has more than {Max} codes that do not exist or change nothing", position);
    }
}
