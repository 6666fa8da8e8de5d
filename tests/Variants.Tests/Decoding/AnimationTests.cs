using GameImages.Domain.Images.Formats;
using GameImages.Testing.Images;
using NetVips;
using VipsImage = NetVips.Image;

namespace GameImages.Variants.Tests.Decoding;

/// <summary>Animations keep their motion. An animated PNG gets no variants, because libvips shows one frame only.</summary>
public sealed class AnimationTests
{
    private static readonly int[] Delays = [100, 250, 70, 400];

    [TestCase("gif")]
    [TestCase("webp")]
    public async Task An_animation_keeps_its_frames_delays_and_loops(string format)
    {
        using var animation = Painted.Animation(400, 300, Delays, loop: 3);
        var made = await TestDecoder.UploadAsync(animation.WriteToBuffer($".{format}"), 160, 320);

        Assert.That(made.Sizes(), Is.EqualTo(new[] { "160x120", "320x240" }));
        Assert.That(made.Size, Is.EqualTo(new ImageSize(400, 300)));
        foreach (var variant in made.Variants)
        {
            using var frames = VipsImage.NewFromBuffer(variant.Bytes.ToArray(), "n=-1");
            var seen = Enumerable.Range(0, Delays.Length).Select(frame => Quarters(frames, frame));
            Assert.Multiple(() =>
            {
                // GIF counts in hundredths of a second.
                Assert.That(frames.Get("delay"), Is.EqualTo(Delays).Within(9));
                Assert.That(frames.Get("loop"), Is.EqualTo(3));
                Assert.That(seen, Is.EqualTo(new[] { "RGBY", "GBYR", "BYRG", "YRGB" }));
            });
        }
    }

    [Test]
    public async Task The_transparency_of_an_animation_is_kept()
    {
        using var animation = Painted.Animation(400, 300, Delays, loop: 0);
        using var opaque = (VipsImage.Black(200, 1200) + 255).Cast(Enums.BandFormat.Uchar);
        using var hole = VipsImage.Black(200, 1200).Join(opaque, Enums.Direction.Horizontal);
        using var transparent = animation.Bandjoin(hole);
        var made = await TestDecoder.UploadAsync(transparent.GifsaveBuffer(), 160);

        using var frames = VipsImage.NewFromBuffer(made.Variants.Single().Bytes.ToArray(), "n=-1");
        Assert.Multiple(() =>
        {
            Assert.That(frames[20, 20][3], Is.Zero);
            Assert.That(frames[140, 20][3], Is.EqualTo(255));
            Assert.That(frames[20, 380][3], Is.Zero);
            Assert.That(frames[140, 380][3], Is.EqualTo(255));
        });
    }

    [Test]
    public async Task An_animated_PNG_gets_a_placeholder_but_no_variants()
    {
        using var image = Painted.Image(400, 300);
        var png = image.PngsaveBuffer();
        const int headerEnd = 8 + 25;
        byte[] animated = [.. png[..headerEnd], .. SmallPng.AnimationControl(1), .. png[headerEnd..]];
        var made = await TestDecoder.DecodeAsync(animated, 160, 320);

        Assert.Multiple(() =>
        {
            Assert.That(made.Variants, Is.Empty);
            Assert.That(made.Size, Is.EqualTo(new ImageSize(400, 300)));
            Assert.That(made.Placeholder.Length, Is.InRange(5, 25));
            Assert.That(made.DominantColor, Is.GreaterThan(0));
        });
    }

    private static string Quarters(VipsImage frames, int frame)
    {
        using var one = frames.Crop(0, frame * frames.PageHeight, frames.Width, frames.PageHeight);
        return Painted.Quarters(one);
    }
}
