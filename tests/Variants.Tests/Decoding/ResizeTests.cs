using GameImages.Variants.Tests.Figures;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>The child takes shortcuts, such as small copies made from the largest one. They must not show.</summary>
public sealed class ResizeTests
{
    [Test]
    public async Task The_height_is_rounded_once()
    {
        using var image = Painted.Image(896, 600);
        var made = await TestDecoder.UploadAsync(image.JpegsaveBuffer(q: 95), 320, 640);
        Assert.That(made.Sizes(), Is.EqualTo(new[] { "320x214", "640x429" }));
    }

    // libwebp itself would halve this image before libvips resizes it.
    [TestCase("webp")]
    [TestCase("jpeg")]
    public async Task A_copy_is_like_one_that_libvips_alone_has_resized(string format)
    {
        using var image = Rings(1300, 700);
        var file = image.WriteToBuffer($".{format}[Q=95]");
        var made = await TestDecoder.UploadAsync(file, 640);

        using var decoded = VipsImage.NewFromBuffer(file);
        using var resized = decoded.ThumbnailImage(640).CopyMemory();
        using var copy = VipsImage.NewFromBuffer(made.Variants.Single().Bytes.ToArray()).CopyMemory();
        Assert.That(Similarity.Of(resized, copy), Is.AtLeast(0.95));
    }

    // Rings that become narrower.
    private static VipsImage Rings(int width, int height)
    {
        using var plate = VipsImage.Zone(width, height);
        using var gray = ((plate + 1) * 127).Cast(Enums.BandFormat.Uchar);
        return gray.Bandjoin(gray, gray).Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
