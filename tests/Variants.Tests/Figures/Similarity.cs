using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Figures;

/// <summary>
/// The structural similarity of two images: the mean over the luma, with a Gaussian window of 11 x 11 pixels (Wang, Bovik, Sheikh and
/// Simoncelli, 2004).
/// </summary>
internal static class Similarity
{
    private const double Sigma = 1.5;

    // The window ends where the Gaussian falls below this value: 5 pixels from its center.
    private const double WindowEnd = 0.002;

    private const double StabilizeMeans = 0.01 * 255 * 0.01 * 255;
    private const double StabilizeVariances = 0.03 * 255 * 0.03 * 255;

    public static double Of(VipsImage first, VipsImage second)
    {
        var (a, b) = (Luma(first), Luma(second));
        var meanA = Blur(a);
        var meanB = Blur(b);
        var varianceA = Blur(a * a) - meanA * meanA;
        var varianceB = Blur(b * b) - meanB * meanB;
        var covariance = Blur(a * b) - meanA * meanB;

        var similarity = (meanA * meanB * 2 + StabilizeMeans) * (covariance * 2 + StabilizeVariances)
            / ((meanA * meanA + meanB * meanB + StabilizeMeans) * (varianceA + varianceB + StabilizeVariances));
        return similarity.Avg();
    }

    private static VipsImage Luma(VipsImage image)
    {
        var opaque = image.HasAlpha() ? image.Flatten() : image;
        return opaque.Bands == 1 ? opaque.Cast(Enums.BandFormat.Double) : (opaque[0] * 0.299 + opaque[1] * 0.587 + opaque[2] * 0.114);
    }

    private static VipsImage Blur(VipsImage image)
    {
        using var window = VipsImage.Gaussmat(Sigma, WindowEnd, precision: Enums.Precision.Float, separable: true);
        return image.Convsep(window, precision: Enums.Precision.Float);
    }
}
