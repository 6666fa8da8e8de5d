using GameImages.Domain.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallPng;

namespace GameImages.Domain.Tests.Images;

public sealed class PngTests
{
    private static readonly byte[] Upright = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Turned = Convert.FromHexString("4D4D002A00000008000101120003000000010006000000000000");

    [Test]
    public void The_header_states_the_size()
    {
        AssertFacts(Read(Plain), ImageFormat.Png, Width, Height, frames: 1);
    }

    [TestCase("tEXt")]
    [TestCase("zTXt")]
    [TestCase("iTXt")]
    [TestCase("tIME")]
    [TestCase("sPLT")]
    [TestCase("hIST")]
    [TestCase("dSIG")]
    [TestCase("eXIf")]
    [TestCase("caBX")]
    [TestCase("prVt")]
    public void Metadata_is_removed(string type)
    {
        var chunk = Chunk(type, [.. "Comment\0<script>alert(1)</script>"u8]);
        Assert.That(Clean(Of(Header, chunk, Data, chunk, End)), Is.EqualTo(Plain));
    }

    [TestCase("gAMA", 4)]
    [TestCase("cHRM", 32)]
    [TestCase("sRGB", 1)]
    [TestCase("cICP", 4)]
    [TestCase("mDCV", 24)]
    [TestCase("cLLI", 8)]
    [TestCase("sBIT", 3)]
    [TestCase("tRNS", 6)]
    [TestCase("bKGD", 6)]
    [TestCase("pHYs", 9)]
    public void Chunks_that_change_the_look_are_kept_once_and_in_their_place(string type, int length)
    {
        var chunk = Chunk(type, new byte[length]);
        var image = With(chunk);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(image), Is.EqualTo(image));
            Assert.That(Clean(With(chunk, chunk)), Is.EqualTo(image));
            Assert.That(Clean(Of(Header, Data, chunk, End)), Is.EqualTo(Plain));
            Assert.That(Clean(With(Chunk(type, new byte[length + 1]))), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void A_color_profile_is_kept()
    {
        var image = With(Profile(1000));
        Assert.That(Clean(image), Is.EqualTo(image));

        static byte[] Profile(int length) => Chunk("iCCP", [.. "name\0\0"u8, .. new byte[length]]);
    }

    [Test]
    public void Only_the_orientation_of_EXIF_is_kept()
    {
        var position = Convert.FromHexString("49492A0008000000020012010300010000000600000025880400010000002600000000000000");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clean(With(Chunk("eXIf", position))), Is.EqualTo(With(Chunk("eXIf", Turned))));
            Assert.That(Clean(With(Chunk("eXIf", Turned))), Is.EqualTo(With(Chunk("eXIf", Turned))));
            Assert.That(Clean(With(Chunk("eXIf", Upright))), Is.EqualTo(Plain));
        }
    }

    [Test]
    public void The_palette_must_come_before_the_chunks_that_need_it()
    {
        var header = HeaderOf(Width, Height, colorType: 3);
        var palette = Chunk("PLTE", new byte[6]);
        var image = Of(header, palette, Chunk("tRNS", [0, 1]), Data, End);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Clean(Of(header, Chunk("tRNS", [0, 1]), palette, Data, End)), Is.EqualTo(Of(header, palette, Data, End)));
        Assert.That(Refusal(Of(header, Data, palette, End)).Message, Does.Contain("IDAT comes before the palette"));
    }

    [TestCase(0, 1)]
    [TestCase(0, 2)]
    [TestCase(0, 4)]
    [TestCase(0, 8)]
    [TestCase(0, 16)]
    [TestCase(2, 8)]
    [TestCase(2, 16)]
    [TestCase(3, 1)]
    [TestCase(3, 2)]
    [TestCase(3, 4)]
    [TestCase(3, 8)]
    [TestCase(4, 8)]
    [TestCase(4, 16)]
    [TestCase(6, 8)]
    [TestCase(6, 16)]
    public void Each_depth_of_each_color_type_is_allowed(byte colorType, byte depth)
    {
        byte[] palette = colorType == 3 ? Chunk("PLTE", new byte[3]) : [];
        var image = Of(HeaderOf(Width, Height, depth, colorType, interlace: 1), palette, Data, End);
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    // The other length is the right one for another color type.
    [TestCase(0, "sBIT", 1, 3)]
    [TestCase(4, "sBIT", 2, 1)]
    [TestCase(6, "sBIT", 4, 3)]
    [TestCase(3, "sBIT", 3, 1)]
    [TestCase(0, "tRNS", 2, 6)]
    [TestCase(3, "tRNS", 1, 3)]
    [TestCase(3, "tRNS", 2, 0)]
    [TestCase(0, "bKGD", 2, 6)]
    [TestCase(3, "bKGD", 1, 2)]
    public void The_color_type_determines_the_length_of_chunks(byte colorType, string type, int length, int otherLength)
    {
        var before = type == "sBIT";

        Assert.That(Clean(With(length)), Is.EqualTo(With(length)));
        Assert.That(Clean(With(otherLength)), Is.EqualTo(Of(Start(), End)));

        byte[] With(int contentLength) => Of(Start(Chunk(type, new byte[contentLength])), End);

        byte[] Start(params byte[] chunk)
        {
            byte[] palette = colorType == 3 ? Chunk("PLTE", new byte[6]) : [];
            byte[] header = HeaderOf(Width, Height, colorType: colorType);
            return before ? [.. header, .. chunk, .. palette, .. Data] : [.. header, .. palette, .. chunk, .. Data];
        }
    }

    [TestCase(4)]
    [TestCase(6)]
    public void Other_transparency_is_removed_from_an_image_with_an_alpha_channel(byte colorType)
    {
        var header = HeaderOf(Width, Height, colorType: colorType);
        Assert.That(Clean(Of(header, Chunk("tRNS", new byte[2]), Data, End)), Is.EqualTo(Of(header, Data, End)));
    }

    [TestCase(0)]
    [TestCase(4)]
    public void The_palette_is_removed_from_a_gray_image(byte colorType)
    {
        var header = HeaderOf(Width, Height, colorType: colorType);
        Assert.That(Clean(Of(header, Chunk("PLTE", new byte[3]), Data, End)), Is.EqualTo(Of(header, Data, End)));
    }

    [TestCase("name")]
    [TestCase("\0\0profile")]
    [TestCase("name\0\0")]
    [TestCase("name\0\u0001profile")]
    [TestCase("12345678901234567890123456789012345678901234567890123456789012345678901234567890\0\0profile")]
    public void An_invalid_color_profile_is_removed(string content) =>
        Assert.That(Clean(With(Chunk("iCCP", System.Text.Encoding.Latin1.GetBytes(content)))), Is.EqualTo(Plain));

    [TestCase("4D4D002A0000")]
    [TestCase("4D4D002A00000064")]
    [TestCase("4D4D002A000000080001011200040000000100060000")]
    [TestCase("4D4D002A000000080001011200030000000200060000")]
    [TestCase("4D4D002A000000080001011200030000000100000000")]
    [TestCase("4D4D002A000000080001011200030000000100090000")]
    [TestCase("4D4D002B000000080001011200030000000100060000")]
    public void An_invalid_orientation_is_removed(string exif) =>
        Assert.That(Clean(With(Chunk("eXIf", Convert.FromHexString(exif)))), Is.EqualTo(Plain));

    private static IEnumerable<TestCaseData<byte[]>> HostileFiles()
    {
        yield return new(Signature) { TestName = "{m}(no chunk)" };
        yield return new(Of(Data, End)) { TestName = "{m}(no header)" };
        yield return new(Of(Header, Header, Data, End)) { TestName = "{m}(two headers)" };
        yield return new(Of(Chunk("tEXt", []), Header, Data, End)) { TestName = "{m}(header not first)" };
        yield return new(Of(Header, End)) { TestName = "{m}(no image data)" };
        yield return new(Of(Header, Data)) { TestName = "{m}(no end)" };
        yield return new(Of(Header, Data, Chunk("IEND", [0]))) { TestName = "{m}(end with content)" };
        yield return new(Of(Header, Data, Chunk("tEXt", []), Data, End)) { TestName = "{m}(image data in two places)" };
        yield return new(Of(Header, Data, Chunk("eXIf", Turned), Data, End)) { TestName = "{m}(image data before and after EXIF)" };
        yield return new(Of(Header, Data, Chunk("PLTE", new byte[3]), End)) { TestName = "{m}(palette after image data)" };
        yield return new(With(Chunk("PLTE", new byte[3]), Chunk("PLTE", new byte[3]))) { TestName = "{m}(two palettes)" };
        yield return new(With(Chunk("PLTE", new byte[4]))) { TestName = "{m}(palette of 4 bytes)" };
        yield return new(With(Chunk("PLTE", []))) { TestName = "{m}(palette without colors)" };
        yield return new(With(Chunk("PLTE", new byte[3 * 257]))) { TestName = "{m}(palette of 257 colors)" };
        yield return new(With(Chunk("CgBI", new byte[4]))) { TestName = "{m}(unknown critical chunk)" };
        yield return new(With(Chunk("a<b>", []))) { TestName = "{m}(type with other characters than letters)" };
        yield return new(With(Chunk("gAMA", new byte[4])[..^1], [0xFF])) { TestName = "{m}(wrong CRC)" };
        yield return new(Of([.. Header[..^1], (byte)~Header[^1]], Data, End)) { TestName = "{m}(wrong CRC of the header)" };
        yield return new(With([0x80, 0, 0, 0, .. Data[4..]])) { TestName = "{m}(length 2^31)" };
        yield return new(With([0xFF, 0xFF, 0xFF, 0xFF, .. Data[4..]])) { TestName = "{m}(length 2^32 - 1)" };

        var sizes = new[]
        {
            (0u, 1u), (1u, 0u), (4097u, 1u), (1u, 4097u), (0x80000000, 1u), (1u, uint.MaxValue), (30_000u, 30_000u),
        };

        foreach (var (width, height) in sizes)
            yield return new(Of(HeaderOf(width, height), Data, End)) { TestName = $"{{m}}({width} x {height} pixels)" };

        yield return new(Of(HeaderOf(1, 1, depth: 3), Data, End)) { TestName = "{m}(depth 3)" };
        yield return new(Of(HeaderOf(1, 1, depth: 4), Data, End)) { TestName = "{m}(depth 4 with true color)" };
        yield return new(Of(HeaderOf(1, 1, depth: 3, colorType: 0), Data, End)) { TestName = "{m}(depth 3 with gray)" };
        yield return new(Of(HeaderOf(1, 1, depth: 16, colorType: 3), Data, End)) { TestName = "{m}(depth 16 with a palette)" };
        yield return new(Of(HeaderOf(1, 1, depth: 4, colorType: 6), Data, End)) { TestName = "{m}(depth 4 with alpha)" };
        yield return new(Of(HeaderOf(1, 1, colorType: 1), Data, End)) { TestName = "{m}(color type 1)" };
        yield return new(Of(HeaderOf(1, 1, compression: 1), Data, End)) { TestName = "{m}(compression 1)" };
        yield return new(Of(HeaderOf(1, 1, filter: 1), Data, End)) { TestName = "{m}(filter 1)" };
        yield return new(Of(HeaderOf(1, 1, interlace: 2), Data, End)) { TestName = "{m}(interlace 2)" };
    }

    [TestCaseSource(nameof(HostileFiles))]
    public void A_hostile_file_is_refused(byte[] file) => Refusal(file);

    [Test]
    public void Frames_of_an_animation_are_counted()
    {
        var content = Read(Of(Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1, 1, 1), FrameData(2), FrameData(3), End));
        Assert.That(content.Frames, Is.EqualTo(2));
    }

    [Test]
    public void Frames_without_an_animation_are_removed() =>
        Assert.That(Clean(Of(Header, FrameControl(0), Data, FrameControl(1), FrameData(2), AnimationControl(2), End)), Is.EqualTo(Plain));

    private static IEnumerable<TestCaseData<byte[]>> HostileAnimations()
    {
        yield return new(Animation(AnimationControl(1))) { TestName = "{m}(fewer frames than there are)" };
        yield return new(Animation(AnimationControl(3))) { TestName = "{m}(more frames than there are)" };
        yield return new(Animation(AnimationControl(uint.MaxValue))) { TestName = "{m}(2^32 - 1 frames)" };
        yield return new(Animation(AnimationControl(2), AnimationControl(2))) { TestName = "{m}(two controls)" };
        yield return new(Of(Header, AnimationControl(1), FrameControl(1), Data, End)) { TestName = "{m}(numbers from 1)" };
        yield return new(Of(Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1), End))
        {
            TestName = "{m}(frame without data)",
        };
        yield return new(Of(Header, AnimationControl(2), FrameControl(0), FrameControl(1), Data, End))
        {
            TestName = "{m}(two frames before the image data)",
        };
        yield return new(Of(Header, AnimationControl(1), FrameControl(0), FrameData(1), Data, End))
        {
            TestName = "{m}(frame data before the image data)",
        };
        yield return new(Of(Header, AnimationControl(1), FrameControl(0, 1, 1), Data, End))
        {
            TestName = "{m}(first frame of another size)",
        };
        yield return new(Of(Header, AnimationControl(1), FrameControl(0, height: 1), Data, End))
        {
            TestName = "{m}(first frame of another height)",
        };
        yield return new(Of(Header, AnimationControl(1), FrameControl(0, dispose: 3), Data, End))
        {
            TestName = "{m}(unknown way to remove a frame)",
        };
        yield return new(Of(Header, AnimationControl(1), FrameControl(0, blend: 2), Data, End))
        {
            TestName = "{m}(unknown way to blend a frame)",
        };
        yield return new(Of(Header, AnimationControl(1), Data, FrameControl(0, left: 1), FrameData(1), End))
        {
            TestName = "{m}(frame outside the image)",
        };
        yield return new(Of(Header, AnimationControl(1), Data, FrameControl(0, left: uint.MaxValue), FrameData(1), End))
        {
            TestName = "{m}(frame far outside)",
        };
        yield return new(Of(Header, AnimationControl(1), Data, FrameControl(0, width: 0), FrameData(1), End))
        {
            TestName = "{m}(empty frame)",
        };
        yield return new(Of(Header, AnimationControl(1), Data, FrameControl(0), Chunk("fdAT", [0, 0, 0, 1]), End))
        {
            TestName = "{m}(empty frame data)",
        };
        yield return new(Of(Header, AnimationControl(1), Data, FrameData(0), End)) { TestName = "{m}(frame data without a frame)" };

        static byte[] Animation(params byte[][] controls) =>
            Of([Header, .. controls, FrameControl(0), Data, FrameControl(1), FrameData(2), End]);
    }

    [TestCaseSource(nameof(HostileAnimations))]
    public void A_hostile_animation_is_refused(byte[] file) => Refusal(file);

    [Test]
    public void Frames_and_their_pixels_have_limits()
    {
        var image = Of(Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1), FrameData(2), End);
        const int pixels = 2 * Width * Height;

        Read(image, new(MaxFrames: 2, MaxPixels: pixels));
        Assert.That(Refusal(image, new(MaxFrames: 1)).Message, Does.Contain("more than 1 frames"));
        Assert.That(Refusal(image, new(MaxPixels: pixels - 1)).Message, Does.Contain("pixels in all frames together"));
    }
}
