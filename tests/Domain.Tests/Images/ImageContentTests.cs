using System.Diagnostics;
using System.Text;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;

namespace GameImages.Domain.Tests.Images;

/// <summary>Checks that hold for images of all four formats.</summary>
public sealed class ImageContentTests
{
    private static readonly byte[] AnimatedPng = SmallPng.Of(
        SmallPng.Header, SmallPng.AnimationControl(2), SmallPng.FrameControl(0), SmallPng.Data, SmallPng.FrameControl(1),
        SmallPng.FrameData(2), SmallPng.End);

    private static readonly byte[] AnimatedGif =
        SmallGif.With(SmallGif.Loop, SmallGif.Control, SmallGif.Frame, SmallGif.Control, SmallGif.Frame);

    private static readonly byte[] TransparentWebP =
        SmallWebP.Of(SmallWebP.Extended(SmallWebP.AlphaFlag), SmallWebP.Alpha, SmallWebP.Lossy);

    private static readonly byte[] AnimatedWebP = SmallWebP.Of(
        SmallWebP.Extended(SmallWebP.AnimationFlag), SmallWebP.Animation, SmallWebP.Frame(SmallWebP.Lossy),
        SmallWebP.Frame(SmallWebP.Lossy));

    private static readonly TestCaseData<byte[]>[] Images =
    [
        new(SmallPng.Plain) { TestName = "{m}(PNG)" },
        new(AnimatedPng) { TestName = "{m}(animated PNG)" },
        new(SmallJpeg.Plain) { TestName = "{m}(JPEG)" },
        new(SmallGif.Plain) { TestName = "{m}(GIF)" },
        new(AnimatedGif) { TestName = "{m}(animated GIF)" },
        new(SmallWebP.Plain) { TestName = "{m}(lossy WebP)" },
        new(SmallWebP.Of(SmallWebP.Lossless)) { TestName = "{m}(lossless WebP)" },
        new(TransparentWebP) { TestName = "{m}(transparent WebP)" },
        new(AnimatedWebP) { TestName = "{m}(animated WebP)" },
    ];

    // Each file has a few hundred bytes and takes less than a millisecond. One that makes a reader loop takes far longer.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    [TestCaseSource(nameof(Images))]
    public void A_file_without_metadata_stays_byte_identical(byte[] image)
    {
        var content = Read(image);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.Bytes.Span.SequenceEqual(image), Is.True);
            Assert.That(content.Bytes, Is.EqualTo(new ReadOnlyMemory<byte>(image)), "must not be copied");
            Assert.That(content.Hash, Is.EqualTo(ContentHash.Of(image)));
        }
    }

    [TestCaseSource(nameof(Images))]
    public void Bytes_after_the_end_are_removed(byte[] image) =>
        Assert.That(Clean([.. image, .. "PK\u0003\u0004<script>alert(1)</script>"u8]), Is.EqualTo(image));

    [TestCaseSource(nameof(Images))]
    public void A_known_hash_is_used_only_if_no_byte_is_removed(byte[] image)
    {
        var known = ContentHash.Of("of the upload"u8);

        Assert.That(ImageContent.Read(image, new(), known).Hash, Is.EqualTo(known));
        Assert.That(ImageContent.Read((byte[])[.. image, 0], new(), known).Hash, Is.EqualTo(ContentHash.Of(image)));
    }

    // A GIF is complete when it has its pixels. The end of the sub-blocks, the trailer and whole frames may be missing. A JPEG may lack
    // only its end marker, and a PNG what follows the image data.
    [TestCaseSource(nameof(Images))]
    public void A_file_that_ends_early_is_refused_unless_it_has_all_pixels(byte[] image)
    {
        for (var length = 1; length < image.Length; length++)
        {
            try
            {
                var content = Read(image[..length]);

                if (content.Format == ImageFormat.Jpeg || content.Format == ImageFormat.Png)
                {
                    Assert.That(content.Bytes.Span.SequenceEqual(image), Is.True, $"{length} of {image.Length} bytes");
                    continue;
                }

                Assert.That(content.Format, Is.SameAs(ImageFormat.Gif), $"{length} of {image.Length} bytes");
                Assert.That(content.Bytes.Span[^1], Is.EqualTo(SmallGif.Trailer[0]));
            }
            catch (ImageRefusedException refusal)
            {
                Assert.That(refusal.Refusal, Is.Not.EqualTo(ImageRefusal.TooManyBytes));
            }
        }
    }

    [TestCaseSource(nameof(Images))]
    public void A_change_of_any_byte_leads_to_an_image_or_a_refusal(byte[] image)
    {
        Read(image);

        for (var at = 0; at < image.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = image.ToArray();
                changed[at] = (byte)value;
                ReadOrRefuse(changed);
            }
        }
    }

    [TestCaseSource(nameof(Images))]
    public void A_large_number_at_any_position_leads_to_an_image_or_a_refusal(byte[] image)
    {
        foreach (uint claim in (uint[])[0, 1, int.MaxValue, 0x80000000, 0xFFFFFFF7, uint.MaxValue])
        {
            for (var at = 0; at + 4 <= image.Length; at++)
            {
                var changed = image.ToArray();
                BitConverter.GetBytes(claim).CopyTo(changed, at);
                ReadOrRefuse(changed);
            }
        }
    }

    [TestCase("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [TestCase("\uFEFF <!-- GIF89a --><svg/>")]
    [TestCase("push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://127.0.0.1/)'\npop graphic-context")]
    [TestCase("%PDF-1.7\n")]
    [TestCase("%!PS\n")]
    [TestCase("<!DOCTYPE html><script>alert(1)</script>")]
    [TestCase("PK\u0003\u0004")]
    [TestCase("BM")]
    [TestCase("x")]
    public void Other_files_are_not_a_supported_format(string text)
    {
        var refusal = Assert.Throws<ImageRefusedException>(() => Read(Encoding.UTF8.GetBytes(text)))!;
        Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.UnsupportedFormat));
    }

    [Test]
    public void An_empty_file_is_refused() => Assert.That(Refusal([]).Offset, Is.Zero);

    [TestCaseSource(nameof(Images))]
    public void A_file_may_have_as_many_bytes_as_the_limit(byte[] image)
    {
        Read(image, new(MaxBytes: image.Length));

        var refusal = Assert.Throws<ImageRefusedException>(() => Read(image, new(MaxBytes: image.Length - 1)))!;
        Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.TooManyBytes));
    }

    [Test]
    public void A_cleaned_copy_may_be_longer_than_an_upload_by_an_eighth()
    {
        // Each frame without codes gets one color and its graphic control.
        var withoutTrailer = SmallGif.Plain[..^1];
        Assert.That(Read(withoutTrailer, new(MaxBytes: withoutTrailer.Length)).Bytes.Length, Is.EqualTo(SmallGif.Plain.Length));

        var outside = SmallGif.FrameOf(9, 9, 1, 1);
        var longer = SmallGif.With([SmallGif.Frame, .. Enumerable.Repeat(outside, 100)]);
        var refusal = Assert.Throws<ImageRefusedException>(() => Read(longer, new(MaxBytes: longer.Length)))!;
        Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.TooManyBytes));
        Assert.That(refusal.Message, Does.Contain($"{longer.Length * 9 / 8} bytes"));
    }

    // The fastest of five attempts counts, because other programs of the machine can delay one.
    private static void ReadOrRefuse(byte[] upload)
    {
        var elapsed = Patience;

        for (var attempt = 0; attempt < 5 && elapsed >= Patience; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            ReadTwiceOrRefuse(upload);
            elapsed = Stopwatch.GetElapsedTime(start);
        }

        Assert.That(elapsed, Is.LessThan(Patience), () => $"takes too long: {Convert.ToHexString(upload)}");
    }

    private static void ReadTwiceOrRefuse(byte[] upload)
    {
        byte[] clean;

        try
        {
            clean = Clean(upload);
        }
        catch (ImageRefusedException)
        {
            return;
        }

        Assert.That(Clean(clean), Is.EqualTo(clean), () => $"changes when it is cleaned a second time: {Convert.ToHexString(upload)}");
    }
}
