using GameImages.Domain.Images;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallWebP;

namespace GameImages.Domain.Tests.Images;

public sealed class WebPTests
{
    private static readonly byte[] Xmp = Chunk("XMP ", [.. "<script>alert(1)</script>"u8]);
    private static readonly byte[] Position = Convert.FromHexString(
        "49492A0008000000020012010300010000000600000025880400010000002600000000000000");
    private static readonly byte[] Minimal = Convert.FromHexString("4D4D002A00000008000101120003000000010006000000000000");
    private static readonly byte[] Profile = Chunk("ICCP", ColorProfile.Of());

    private static IEnumerable<TestCaseData<byte[], int>> Images()
    {
        yield return new(Plain, 1) { TestName = "{m}(lossy)" };
        yield return new(Of(Lossless), 1) { TestName = "{m}(lossless)" };
        yield return new(Of(Extended(AlphaFlag), Alpha, Lossy), 1) { TestName = "{m}(transparent)" };
        yield return new(Of(Extended(AnimationFlag), Animation, Frame(Lossy), Frame(Lossless)), 2) { TestName = "{m}(animated)" };
    }

    [TestCaseSource(nameof(Images))]
    public void The_first_chunk_states_the_size(byte[] image, int frames)
    {
        AssertFacts(Read(image), ImageFormat.WebP, 2, 2, frames);
    }

    [Test]
    public void Metadata_is_removed()
    {
        var exif = Chunk("EXIF", [.. "II*\0"u8, 8, 0, 0, 0, 0, 0]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Of(Lossy, Chunk("ICMT", [1]), Xmp)), Is.EqualTo(Plain));
            Assert.That(Clean(Of(Extended(XmpFlag | ExifFlag), Lossy, exif, Xmp)), Is.EqualTo(Plain));
            Assert.That(Clean(Of(Extended(XmpFlag), Lossless, Xmp)), Is.EqualTo(Of(Lossless)));
            Assert.That(
                Clean(Of(Extended(XmpFlag | AlphaFlag), Chunk("prvt", [1]), Alpha, Lossy, Xmp)),
                Is.EqualTo(Of(Extended(AlphaFlag), Alpha, Lossy)));
            Assert.That(Clean(Of(Extended(ProfileFlag), Chunk("ICCP", [.. "<script>"u8]), Lossy)), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void Metadata_of_a_frame_is_removed()
    {
        var image = Of(Extended(AnimationFlag), Animation, Frame([.. Alpha, .. Lossy, .. Xmp]), Frame(Lossy), Xmp);
        Assert.That(
            Clean(image),
            Is.EqualTo(Of(Extended(AnimationFlag), Animation, Frame([.. Alpha, .. Lossy]), Frame(Lossy))));
    }

    [Test]
    public void The_flags_agree_with_the_chunks() =>
        Assert.That(
            Clean(Of(Extended(ProfileFlag | AlphaFlag | ExifFlag | XmpFlag), Profile, Lossy)),
            Is.EqualTo(Of(Extended(ProfileFlag), Profile, Lossy)));

    [Test]
    public void A_color_profile_is_kept()
    {
        var image = Of(Extended(ProfileFlag), Profile, Lossy);
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [Test]
    public void Only_the_orientation_of_EXIF_is_kept()
    {
        var clean = Of(Extended(ExifFlag), Lossy, Chunk("EXIF", Minimal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(Of(Extended(ExifFlag | XmpFlag), Lossy, Chunk("EXIF", Position), Xmp)), Is.EqualTo(clean));
            Assert.That(Clean(Of(Extended(ExifFlag), Lossy, Chunk("EXIF", [.. "Exif\0\0"u8, .. Position]))), Is.EqualTo(clean));
            Assert.That(Clean(clean), Is.EqualTo(clean));
        }
    }

    [Test]
    public void Missing_or_nonzero_padding_becomes_zero()
    {
        var image = Of(Chunk("VP8L", [.. LosslessContent(2, 2), 0]));
        var withoutPadding = (byte[])[.. "RIFF"u8, .. LittleEndian((uint)image.Length - 9), .. image[8..^1]];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(image), Is.EqualTo(image));
            Assert.That(Clean(withoutPadding), Is.EqualTo(image));
            Assert.That(Clean([.. image[..^1], 7]), Is.EqualTo(image));
        }
    }

    private static IEnumerable<TestCaseData<byte[]>> HostileFiles()
    {
        yield return new([.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8]) { TestName = "{m}(no chunk)" };
        yield return new([.. "RIFF"u8, 0, 0, 0, 0, .. Plain[8..]]) { TestName = "{m}(RIFF size 0)" };
        yield return new([.. "RIFF"u8, .. LittleEndian((uint)Plain.Length - 7), .. Plain[8..]])
        {
            TestName = "{m}(RIFF size larger by 1)",
        };
        yield return new([.. "RIFF"u8, .. LittleEndian((uint)Plain.Length - 10), .. Plain[8..]])
        {
            TestName = "{m}(RIFF size smaller by 2)",
        };
        yield return new([.. "RIFF"u8, .. LittleEndian(0x80000000), .. Plain[8..]]) { TestName = "{m}(RIFF size 2^31)" };
        yield return new([.. "RIFF"u8, .. LittleEndian(uint.MaxValue), .. Plain[8..]]) { TestName = "{m}(RIFF size 2^32 - 1)" };
        yield return new(Of([.. "VP8 "u8, .. LittleEndian(0x80000000), .. Lossy[8..]])) { TestName = "{m}(chunk of 2^31 bytes)" };
        yield return new(Of([.. "VP8 "u8, .. LittleEndian(uint.MaxValue), .. Lossy[8..]])) { TestName = "{m}(chunk of 2^32 - 1 bytes)" };
        yield return new(Of(Xmp, Lossy)) { TestName = "{m}(metadata first)" };
        yield return new(Of(Alpha, Lossy)) { TestName = "{m}(transparency in the simple format)" };
        yield return new(Of(Chunk("VP8 ", [1, .. Lossy[9..]]))) { TestName = "{m}(no key frame)" };
        yield return new(Of(Chunk("VP8 ", [0xF0, 0xFF, 0xFF, .. Lossy[11..]]))) { TestName = "{m}(first partition beyond the chunk)" };
        yield return new(Of(Chunk("VP8 ", [.. Lossy[8..14], 0, 0, 2, 0, .. Lossy[18..]]))) { TestName = "{m}(no width)" };
        yield return new(Of(Chunk("VP8L", [0x2E, .. LosslessContent(2, 2)[1..]]))) { TestName = "{m}(lossless without signature)" };
        yield return new(Of(Chunk("VP8L", LosslessContent(16_384, 16_384)))) { TestName = "{m}(16384 x 16384 pixels)" };
        yield return new(Of(Chunk("VP8L", LosslessContent(4097, 1)))) { TestName = "{m}(4097 x 1 pixels)" };
        yield return new(Of(Extended(0))) { TestName = "{m}(extended without image)" };
        yield return new(Of(Extended(0x40), Lossy)) { TestName = "{m}(flag that does not exist)" };
        yield return new(Of(Extended(AlphaFlag), Alpha, Lossless)) { TestName = "{m}(two alpha channels)" };
        yield return new(Of(Extended(AlphaFlag), Alpha, Xmp, Lossy)) { TestName = "{m}(chunk between alpha channel and image)" };
        yield return new(Of(Lossy, [1, 2, 3, 4])) { TestName = "{m}(bytes after the image)" };
        yield return new(Of(Extended(0), Extended(0), Lossy)) { TestName = "{m}(two headers)" };
        yield return new(Of(Chunk("VP8X", new byte[9]), Lossy)) { TestName = "{m}(short header)" };
        yield return new(Of(Extended(0, 3), Lossy)) { TestName = "{m}(canvas larger than the image)" };
        yield return new(Of(Extended(0, 16_777_216, 16_777_216), Lossy)) { TestName = "{m}(canvas of 2^24 x 2^24 pixels)" };
        yield return new(Of(Extended(0), Lossy, Lossy)) { TestName = "{m}(two images)" };
        yield return new(Of(Extended(AlphaFlag), Lossy, Alpha)) { TestName = "{m}(transparency after the image)" };
        yield return new(Of(Extended(AlphaFlag), Alpha, Alpha, Lossy)) { TestName = "{m}(transparency twice)" };
        yield return new(Of(Extended(AnimationFlag), Lossy)) { TestName = "{m}(flag of an animation, but a still image)" };
        yield return new(Of(Extended(0), Animation, Frame(Lossy))) { TestName = "{m}(animation without its flag)" };
        yield return new(Of(Extended(AnimationFlag), Animation)) { TestName = "{m}(animation without a frame)" };
        yield return new(Of(Extended(AnimationFlag), Frame(Lossy))) { TestName = "{m}(frame without ANIM)" };
        yield return new(Of(Extended(AnimationFlag), Animation, Frame(Lossy, left: 2))) { TestName = "{m}(frame outside the canvas)" };
        yield return new(Of(Extended(AnimationFlag), Animation, Frame(Lossy, width: 1)))
        {
            TestName = "{m}(frame of another size than its image)",
        };
        yield return new(Of(Extended(AnimationFlag), Animation, Frame([]))) { TestName = "{m}(frame without image)" };
        yield return new(Of(Extended(AnimationFlag), Animation, Chunk("ANMF", new byte[15]))) { TestName = "{m}(short frame)" };
        var endless = Frame([.. Lossy[..4], 255, 255, 255, 255, .. Lossy[8..]]);
        yield return new(Of(Extended(AnimationFlag), Animation, endless)) { TestName = "{m}(image beyond its frame)" };
        yield return new(Of([Extended(AnimationFlag), Animation, .. Enumerable.Repeat(Frame(Lossless), 1001)]))
        {
            TestName = "{m}(1001 frames)",
        };
    }

    [TestCaseSource(nameof(HostileFiles))]
    public void A_hostile_file_is_refused(byte[] file) => Refusal(file);
}
