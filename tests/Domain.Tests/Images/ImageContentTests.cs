using System.Diagnostics;
using System.Text;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using static GameImages.Domain.Tests.Images.Cleaning;

namespace GameImages.Domain.Tests.Images;

/// <summary>What holds for pictures of all four formats.</summary>
public sealed class ImageContentTests
{
    private static readonly TestCaseData<byte[]>[] Pictures =
    [
        new(SmallPng.Plain) { TestName = "{m}(PNG)" },
        new(SmallPng.Of(SmallPng.Header, SmallPng.AnimationControl(2), SmallPng.FrameControl(0), SmallPng.Data, SmallPng.FrameControl(1),
            SmallPng.FrameData(2), SmallPng.End)) { TestName = "{m}(animated PNG)" },
        new(SmallJpeg.Plain) { TestName = "{m}(JPEG)" },
        new(SmallGif.Plain) { TestName = "{m}(GIF)" },
        new(SmallGif.With(SmallGif.Loop, SmallGif.Control, SmallGif.Frame, SmallGif.Control, SmallGif.Frame))
        {
            TestName = "{m}(animated GIF)",
        },
        new(SmallWebP.Plain) { TestName = "{m}(lossy WebP)" },
        new(SmallWebP.Of(SmallWebP.Lossless)) { TestName = "{m}(lossless WebP)" },
        new(SmallWebP.Of(SmallWebP.Extended(SmallWebP.AlphaFlag), SmallWebP.Alpha, SmallWebP.Lossy))
        {
            TestName = "{m}(transparent WebP)",
        },
        new(
            SmallWebP.Of(
                SmallWebP.Extended(SmallWebP.AnimationFlag),
                SmallWebP.Animation,
                SmallWebP.Frame(SmallWebP.Lossy),
                SmallWebP.Frame(SmallWebP.Lossy)))
        {
            TestName = "{m}(animated WebP)",
        },
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    [TestCaseSource(nameof(Pictures))]
    public void A_clean_file_comes_out_byte_identical(byte[] picture)
    {
        var content = Read(picture);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.Bytes.Span.SequenceEqual(picture), Is.True);
            Assert.That(content.Bytes, Is.EqualTo(new ReadOnlyMemory<byte>(picture)), "and without a copy");
            Assert.That(content.Hash, Is.EqualTo(ContentHash.Of(picture)));
        }
    }

    [TestCaseSource(nameof(Pictures))]
    public void What_follows_the_end_is_left_out(byte[] picture) =>
        Assert.That(Clean([.. picture, .. "PK\u0003\u0004<script>alert(1)</script>"u8]), Is.EqualTo(picture));

    [TestCaseSource(nameof(Pictures))]
    public void A_hash_that_is_known_counts_only_when_nothing_is_left_out(byte[] picture)
    {
        var known = ContentHash.Of("of the upload"u8);

        Assert.That(ImageContent.Read(picture, new(), known).Hash, Is.EqualTo(known));
        Assert.That(ImageContent.Read((byte[])[.. picture, 0], new(), known).Hash, Is.EqualTo(ContentHash.Of(picture)));
    }

    // A GIF is whole once its pixels are, even when the sub-blocks' end and the trailer are missing; and it is shorter by whole frames.
    [TestCaseSource(nameof(Pictures))]
    public void A_file_that_breaks_off_is_refused_but_for_a_GIF_that_has_its_pixels(byte[] picture)
    {
        for (var length = 1; length < picture.Length; length++)
        {
            try
            {
                var content = Read(picture[..length]);
                Assert.That(content.Format, Is.SameAs(ImageFormat.Gif), $"{length} of {picture.Length} bytes");
                Assert.That(content.Bytes.Span[^1], Is.EqualTo(SmallGif.Trailer[0]));
            }
            catch (ImageRefusedException refusal)
            {
                Assert.That(refusal.Refusal, Is.Not.EqualTo(ImageRefusal.TooManyBytes));
            }
        }
    }

    [TestCaseSource(nameof(Pictures))]
    public void Any_change_of_one_byte_leaves_a_picture_or_a_refusal(byte[] picture)
    {
        Read(picture);

        for (var at = 0; at < picture.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = picture.ToArray();
                changed[at] = (byte)value;
                ReadOrRefuse(changed);
            }
        }
    }

    [TestCaseSource(nameof(Pictures))]
    public void Any_claim_of_much_leaves_a_picture_or_a_refusal(byte[] picture)
    {
        foreach (uint claim in (uint[])[0, 1, int.MaxValue, 0x80000000, 0xFFFFFFF7, uint.MaxValue])
        {
            for (var at = 0; at + 4 <= picture.Length; at++)
            {
                var changed = picture.ToArray();
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

    [TestCaseSource(nameof(Pictures))]
    public void A_file_may_have_as_many_bytes_as_the_limit_and_none_more(byte[] picture)
    {
        Read(picture, new(MaxBytes: picture.Length));

        var refusal = Assert.Throws<ImageRefusedException>(() => Read(picture, new(MaxBytes: picture.Length - 1)))!;
        Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.TooManyBytes));
    }

    [Test]
    public void A_copy_may_not_grow_over_the_limit_either()
    {
        var withoutTrailer = SmallGif.Plain[..^1];

        var refusal = Assert.Throws<ImageRefusedException>(() => Read(withoutTrailer, new(MaxBytes: withoutTrailer.Length)))!;
        Assert.That(refusal.Refusal, Is.EqualTo(ImageRefusal.TooManyBytes));
    }

    // The best of several tries counts, as the machine may have other things to do.
    private static void ReadOrRefuse(byte[] upload)
    {
        var elapsed = Patience;

        for (var attempt = 0; attempt < 5 && elapsed >= Patience; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            ReadTwiceOrRefuse(upload);
            elapsed = Stopwatch.GetElapsedTime(start);
        }

        Assert.That(elapsed, Is.LessThan(Patience), () => $"takes long: {Convert.ToHexString(upload)}");
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

        Assert.That(Clean(clean), Is.EqualTo(clean), () => $"changes again: {Convert.ToHexString(upload)}");
    }
}
