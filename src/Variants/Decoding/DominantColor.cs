namespace GameImages.Variants.Decoding;

/// <summary>Finds the most frequent color of an image: the average color of the fullest bin of a coarse histogram.</summary>
internal static class DominantColor
{
    private const int BinsPerChannel = 8;
    private const int BinWidth = 256 / BinsPerChannel;

    /// <param name="pixels">RGBA, not premultiplied. A pixel counts as much as it is opaque.</param>
    /// <returns>0xRRGGBB.</returns>
    public static int Of(ReadOnlySpan<byte> pixels)
    {
        var bins = new Bin[BinsPerChannel * BinsPerChannel * BinsPerChannel];
        for (var at = 0; at < pixels.Length; at += 4)
        {
            var index = (pixels[at] / BinWidth * BinsPerChannel + pixels[at + 1] / BinWidth) * BinsPerChannel + pixels[at + 2] / BinWidth;
            bins[index].Add(pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]);
        }

        return bins.MaxBy(bin => bin.Weight).Average;
    }

    private struct Bin
    {
        private long red;
        private long green;
        private long blue;

        public long Weight { get; private set; }

        public readonly int Average => Weight == 0 ? 0 : (int)(red / Weight << 16 | green / Weight << 8 | blue / Weight);

        public void Add(byte r, byte g, byte b, byte alpha)
        {
            red += r * alpha;
            green += g * alpha;
            blue += b * alpha;
            Weight += alpha;
        }
    }
}
