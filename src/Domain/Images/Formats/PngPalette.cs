namespace GameImages.Domain.Images.Formats;

/// <summary>
/// The chunks PLTE and tRNS of an indexed image with 8 bits. Colors that no pixel has could hide 1,024 bytes in them. If there are many,
/// they become black.
/// </summary>
internal sealed class PngPalette(CleanCopy output)
{
    /// <summary>Unused colors with no more bytes than this are kept. Some encoders write them.</summary>
    private const int MaxHiddenBytes = 128;

    private readonly PngSamples samples = new();
    private byte[] colors = [];
    private byte[] alphas = [];
    private int colorsAt;
    private int alphasAt;

    /// <summary>Gets the pixels; null if the palette is too small to hide much.</summary>
    public PngSamples? Samples => colors.Length + alphas.Length > MaxHiddenBytes ? samples : null;

    public void WriteColors(ReadOnlySpan<byte> content)
    {
        colors = content.ToArray();
        colorsAt = output.Bytes.Length;
        PngChunk.Write(output, PngChunk.Palette, colors);
    }

    public void WriteAlphas(ReadOnlySpan<byte> content)
    {
        alphas = content.ToArray();
        alphasAt = output.Bytes.Length;
        PngChunk.Write(output, PngChunk.Transparency, alphas);
    }

    /// <summary>Replaces unused colors after all pixels were read.</summary>
    public void Finish()
    {
        if (Samples is null)
            return;

        var hidden = 0;

        for (var color = 0; color < colors.Length / 3; color++)
        {
            if (samples.IsUsed(color, colors.Length / 3))
                continue;

            hidden += Clear(colors.AsSpan(3 * color, 3));

            if (color < alphas.Length)
                hidden += Clear(alphas.AsSpan(color, 1));
        }

        if (hidden <= MaxHiddenBytes)
            return;

        output.Replace(colorsAt, PngChunk.Create(PngChunk.Palette, colors));

        if (alphas.Length > 0)
            output.Replace(alphasAt, PngChunk.Create(PngChunk.Transparency, alphas));
    }

    private static int Clear(Span<byte> bytes)
    {
        var hidden = bytes.Length - bytes.Count((byte)0);
        bytes.Clear();
        return hidden;
    }
}
