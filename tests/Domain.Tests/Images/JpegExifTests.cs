using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallJpeg;

namespace GameImages.Domain.Tests.Images;

/// <summary>The fields of EXIF that browsers use. The image has 8 x 8 pixels.</summary>
public sealed class JpegExifTests
{
    private const int Orientation = 0x0112;
    private const int ResolutionX = 0x011A;
    private const int ResolutionY = 0x011B;
    private const int ResolutionUnit = 0x0128;
    private const int Directory = 0x8769;
    private const int SizeX = 0xA002;
    private const int SizeY = 0xA003;

    private static readonly byte[] Turned = Exif(Tiff(Entry(Orientation, 3, 6 << 16)));

    [Test]
    public void Only_the_first_EXIF_segment_counts()
    {
        var other = Exif(Tiff(Entry(Orientation, 3, 3 << 16)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(Turned, other)), Is.EqualTo(With(Turned)));
            Assert.That(Clean(With(Exif(), Turned)), Is.EqualTo(With(Turned)));
            Assert.That(Clean(With(Exif([0]), Turned)), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void The_first_valid_orientation_counts()
    {
        var several = Tiff(
            Entry(Orientation, 3, 9 << 16),
            Entry(Orientation, 4, 3),
            Entry(Orientation, 3, 6 << 16),
            Entry(Orientation, 3, 1 << 16));
        Assert.That(Clean(With(Exif(several))), Is.EqualTo(With(Turned)));
    }

    [Test]
    public void A_directory_that_is_not_whole_is_ignored()
    {
        var whole = Tiff(Entry(Orientation, 3, 6 << 16));
        Assert.That(Clean(With(Exif(whole[..^4]))), Is.EqualTo(Plain));
    }

    // Browsers lay out the image with 4 x 4 pixels: it has 8 x 8 pixels at 144 pixels per inch.
    [Test]
    public void A_size_that_fits_the_resolution_is_kept_without_anything_else()
    {
        var cleaned = Clean(With(Exif(Resized(144, 1, unit: 2, 4))));

        Assert.That(cleaned, Is.Not.EqualTo(Plain));
        Assert.That(Clean(cleaned), Is.EqualTo(cleaned));
        Assert.That(Clean(With(Exif(Resized(288_000, 2000, unit: 2, 4)))), Is.EqualTo(cleaned));
    }

    [TestCase(144, 2, 5, TestName = "{m}(of another resolution)")]
    [TestCase(144, 3, 4, TestName = "{m}(for centimetres)")]
    [TestCase(72, 2, 8, TestName = "{m}(of the pixels)")]
    [TestCase(0, 2, 4, TestName = "{m}(of no resolution)")]
    public void A_size_without_effect_is_removed(int resolution, int unit, int size) =>
        Assert.That(Clean(With(Exif(Resized((uint)resolution, 1, unit, size)))), Is.EqualTo(Plain));

    private static byte[] Resized(uint numerator, uint denominator, int unit, int size)
    {
        const int first = 8 + 2 + 4 * 12 + 4;
        const int second = first + 2 + 2 * 12 + 4;
        return
        [
            .. Tiff(
                Entry(ResolutionX, 5, second),
                Entry(ResolutionY, 5, second),
                Entry(ResolutionUnit, 3, (uint)unit << 16),
                Entry(Directory, 4, first)),
            .. Tiff(Entry(SizeX, 4, (uint)size), Entry(SizeY, 3, (uint)size << 16))[8..],
            .. SmallPng.BigEndian(numerator),
            .. SmallPng.BigEndian(denominator),
            .. "A position"u8,
        ];
    }

    private static byte[] Tiff(params byte[][] entries) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, (byte)entries.Length, .. entries.SelectMany(entry => entry), 0, 0, 0, 0];

    private static byte[] Entry(int field, int type, uint value) =>
        [(byte)(field >> 8), (byte)field, 0, (byte)type, .. SmallPng.BigEndian(1), .. SmallPng.BigEndian(value)];
}
