using GameImages.Domain.Images.Formats;
using GameImages.Testing.Images;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>The child makes smaller copies that look like the original.</summary>
public sealed class StillImageTests
{
    [TestCase("jpeg")]
    [TestCase("png")]
    [TestCase("webp")]
    [TestCase("gif")]
    public async Task Each_format_is_decoded(string format)
    {
        using var image = Painted.Image(640, 480);
        var made = await TestDecoder.UploadAsync(image.WriteToBuffer($".{format}"), 160, 320);

        Assert.Multiple(() =>
        {
            Assert.That(made.Sizes(), Is.EqualTo(new[] { "160x120", "320x240" }));
            Assert.That(made.Size, Is.EqualTo(new ImageSize(640, 480)));
            Assert.That(made.Variants.Select(variant => Painted.Quarters(variant.Bytes)), Is.All.EqualTo("RGBY"));
        });
    }

    // The letters are the colors of the quarters after the orientation of EXIF (table 4.6.5.1, tag 0x0112) is applied to RGBY.
    [TestCase(1, "RGBY", 640, 400)]
    [TestCase(2, "GRYB", 640, 400)]
    [TestCase(3, "YBGR", 640, 400)]
    [TestCase(4, "BYRG", 640, 400)]
    [TestCase(5, "RBGY", 400, 640)]
    [TestCase(6, "BRYG", 400, 640)]
    [TestCase(7, "YGBR", 400, 640)]
    [TestCase(8, "GYRB", 400, 640)]
    public async Task The_orientation_is_applied(int orientation, string quarters, int width, int height)
    {
        using var image = Painted.Image(640, 400);
        using var turned = image.Mutate(changed => changed.Set(GValue.GIntType, "orientation", orientation));
        var made = await TestDecoder.UploadAsync(turned.JpegsaveBuffer(q: 95), 200, 500);

        Assert.Multiple(() =>
        {
            Assert.That(made.Size, Is.EqualTo(new ImageSize(width, height)));
            Assert.That(made.Variants[0].Size, Is.EqualTo(new ImageSize(200, 200 * height / width)));
            Assert.That(made.Variants.Select(variant => Painted.Quarters(variant.Bytes)), Is.All.EqualTo(quarters));
            Assert.That(made.Sizes().Count(), Is.EqualTo(width > 500 ? 2 : 1));
        });
    }

    [TestCase("jpeg")]
    [TestCase("png")]
    [TestCase("webp")]
    public async Task A_color_profile_is_applied_and_removed(string format)
    {
        using var image = Painted.Image(640, 480);
        using var profiled = image.Mutate(changed => changed.Set(GValue.BlobType, "icc-profile-data", ColorProfile.Of()));
        var made = await TestDecoder.UploadAsync(profiled.WriteToBuffer($".{format}"), 320);

        using var variant = VipsImage.NewFromBuffer(made.Variants.Single().Bytes.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(variant.Contains("icc-profile-data"), Is.False);
            // The profile exchanges red and green.
            Assert.That(Painted.Quarters(variant)[..2], Is.EqualTo("GR"));
        });
    }

    [Test]
    public async Task Gray_palette_and_16_bit_images_keep_their_look()
    {
        using var image = Painted.Image(640, 480);
        using var gray = image.Colourspace(Enums.Interpretation.Bw);
        using var deep = image.Colourspace(Enums.Interpretation.Rgb16);
        var made = await TestDecoder.UploadAsync(gray.PngsaveBuffer(), 320);
        var ofPalette = await TestDecoder.UploadAsync(image.PngsaveBuffer(palette: true), 320);
        var ofDeep = await TestDecoder.UploadAsync(deep.PngsaveBuffer(), 320);

        using var smooth = gray.Shrink(160, 120);
        using var variant = VipsImage.NewFromBuffer(made.Variants.Single().Bytes.ToArray());
        using var smoothVariant = variant.Shrink(80, 60);
        Assert.Multiple(() =>
        {
            Assert.That(smoothVariant[0, 0], Is.All.EqualTo(smooth[0, 0][0]).Within(3));
            Assert.That(Painted.Quarters(ofPalette.Variants.Single().Bytes), Is.EqualTo("RGBY"));
            Assert.That(Painted.Quarters(ofDeep.Variants.Single().Bytes), Is.EqualTo("RGBY"));
        });
    }

    [Test]
    public async Task Transparency_is_kept()
    {
        using var image = Painted.Image(640, 480);
        using var opaque = (VipsImage.Black(320, 480) + 128).Cast(Enums.BandFormat.Uchar);
        using var alpha = VipsImage.Black(320, 480).Join(opaque, Enums.Direction.Horizontal);
        using var transparent = image.Bandjoin(alpha);
        var made = await TestDecoder.UploadAsync(transparent.PngsaveBuffer(), 320);

        using var variant = VipsImage.NewFromBuffer(made.Variants.Single().Bytes.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(variant[20, 20][3], Is.Zero);
            Assert.That(variant[300, 20][3], Is.EqualTo(128).Within(2));
            Assert.That(made.DominantColor >> 8 & 0xFF, Is.GreaterThan(150), "green or yellow: the right half");
        });
    }

    [Test]
    public async Task Only_widths_below_that_of_the_image_are_made()
    {
        var made = await TestDecoder.UploadAsync(Painted.Png(320, 200), 160, 319, 320, 640);
        Assert.That(made.Sizes(), Is.EqualTo(new[] { "160x100", "319x199" }));
    }

    [Test]
    public async Task A_copy_with_more_bytes_than_the_original_is_left_out()
    {
        using var flat = VipsImage.Black(2000, 2000);
        var made = await TestDecoder.UploadAsync(flat.WebpsaveBuffer(lossless: true), 160, 1900);
        Assert.That(made.Sizes(), Is.EqualTo(new[] { "160x160" }));
        Assert.That(made.Size, Is.EqualTo(new ImageSize(2000, 2000)));
    }

    [Test]
    public async Task A_very_narrow_image_is_not_enlarged()
    {
        var made = await TestDecoder.UploadAsync(Painted.Png(4, 4000), 2, 160);
        Assert.That(made.Size, Is.EqualTo(new ImageSize(4, 4000)));
        Assert.That(made.Sizes(), Is.EqualTo(new[] { "2x2000" }));
    }

    [Test]
    public async Task A_variant_has_no_metadata()
    {
        using var image = Painted.Image(640, 480);
        using var described = image.Mutate(changed =>
        {
            changed.Set(GValue.GStrType, "exif-ifd0-ImageDescription", "secret");
            changed.Set(GValue.BlobType, "xmp-data", "<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret</x:xmpmeta>"u8.ToArray());
        });
        var made = await TestDecoder.DecodeAsync(described.JpegsaveBuffer(q: 95), 320);

        // A simple WebP file is one chunk. Metadata needs the extended form (VP8X).
        var bytes = made.Variants.Single().Bytes.Span;
        Assert.That(bytes[12..16].SequenceEqual("VP8 "u8));
    }
}
