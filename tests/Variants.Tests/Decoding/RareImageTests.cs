using System.Buffers.Binary;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing.Images;
using GameImages.Variants.Decoding;
using NetVips;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>Images that libvips shows otherwise than browsers get no variants. Broken images are a reason.</summary>
public sealed class RareImageTests
{
    private static readonly int[] Widths = [160, 320];

    [Test]
    public async Task CMYK_needs_a_profile()
    {
        using var image = Painted.Image(400, 300);
        using var cmyk = image.IccExport(outputProfile: "cmyk");
        var profiled = await TestDecoder.DecodeAsync(cmyk.JpegsaveBuffer(q: 95), Widths);
        var plain = await TestDecoder.DecodeAsync(cmyk.JpegsaveBuffer(q: 95, keep: Enums.ForeignKeep.None), Widths);

        Assert.That(profiled.Sizes().Count(), Is.EqualTo(2));
        Assert.That(plain.Variants, Is.Empty);
    }

    // The values are those of the chunk gAMA.
    [TestCase(45_455u, 2)]
    [TestCase(100_000u, 0)]
    [TestCase(20_000u, 0)]
    public async Task A_PNG_with_an_unusual_gamma_gets_no_variants(uint gamma, int variants)
    {
        var made = await TestDecoder.DecodeAsync(WithChunk("gAMA", SmallPng.BigEndian(gamma)), Widths);
        Assert.That(made.Variants, Has.Count.EqualTo(variants));
    }

    // The primary colors of sRGB, and those of Adobe RGB.
    [TestCase(64_000u, 33_000u, 30_000u, 60_000u, 2)]
    [TestCase(64_000u, 33_000u, 21_000u, 71_000u, 0)]
    public async Task A_PNG_with_unusual_primary_colors_gets_no_variants(uint redX, uint redY, uint greenX, uint greenY, int variants)
    {
        uint[] values = [31_270, 32_900, redX, redY, greenX, greenY, 15_000, 6_000];
        var made = await TestDecoder.DecodeAsync(WithChunk("cHRM", [.. values.SelectMany(SmallPng.BigEndian)]), Widths);
        Assert.That(made.Variants, Has.Count.EqualTo(variants));
    }

    [Test]
    public async Task A_PNG_in_a_color_space_that_libvips_does_not_know_gets_no_variants()
    {
        var made = await TestDecoder.DecodeAsync(WithChunk("cICP", [9, 16, 0, 1]), Widths);
        Assert.That(made.Variants, Is.Empty);
    }

    // libvips shows 640 x 480 as the area of the frames, and 644 x 480 as browsers do.
    [TestCase(640, 0)]
    [TestCase(644, 1)]
    public async Task A_GIF_whose_frames_leave_a_part_of_the_canvas_free_keeps_its_size(int width, int variants)
    {
        using var image = Painted.Image(400, 300);
        var gif = image.GifsaveBuffer();
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(6), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(8), 480);
        var made = await TestDecoder.UploadAsync(gif, 160);

        Assert.Multiple(() =>
        {
            Assert.That(made.Size, Is.EqualTo(new ImageSize(width, 480)));
            Assert.That(made.Variants, Has.Count.EqualTo(variants));
        });
    }

    [TestCase("jpeg", "VipsJpeg")]
    [TestCase("png", "vipspng")]
    [TestCase("webp", "webp")]
    [TestCase("gif", "gifload")]
    public async Task Truncated_pixels_are_a_reason(string format, string loader)
    {
        using var image = Painted.Image(400, 300);
        var file = image.WriteToBuffer($".{format}");
        var failed = await Assert.ThrowsAsync<VariantsFailedException>(() => TestDecoder.DecodeAsync(file[..(file.Length / 2)], Widths));
        Assert.That(failed!.Message, Does.StartWith($"libvips cannot decode the image: {loader}"));
    }

    [Test]
    public async Task A_header_with_more_pixels_than_the_data_is_a_reason()
    {
        var file = Painted.Png(400, 300);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 4000);
        byte[] lying = [.. file[..8], .. SmallPng.Chunk("IHDR", file[16..29]), .. file[33..]];

        var failed = await Assert.ThrowsAsync<VariantsFailedException>(() => TestDecoder.DecodeAsync(lying, Widths));
        Assert.That(failed!.Message, Does.StartWith("libvips cannot decode the image: "));
    }

    [Test]
    public async Task Only_the_loader_of_the_stated_format_is_allowed()
    {
        var failed = await Assert.ThrowsAsync<VariantsFailedException>(
            () => TestDecoder.Maker().MakeAsync(ImageFormat.Jpeg, Painted.Png(400, 300), Widths, default));
        Assert.That(failed!.Message, Does.StartWith("libvips cannot decode the image: "));
    }

    // The header of a PNG has 25 bytes behind the signature of 8.
    private static byte[] WithChunk(string type, byte[] content)
    {
        var file = Painted.Png(400, 300);
        return [.. file[..33], .. SmallPng.Chunk(type, content), .. file[33..]];
    }
}
