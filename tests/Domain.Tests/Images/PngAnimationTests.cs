using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallPng;

namespace GameImages.Domain.Tests.Images;

public sealed class PngAnimationTests
{
    [Test]
    public void Frames_of_an_animation_are_counted()
    {
        var pixel = FrameData(2, Compress(new byte[4]));
        var content = Read(Of(Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1, 1, 1), pixel, End));
        Assert.That(content.Frames, Is.EqualTo(2));
    }

    [Test]
    public void A_frame_control_that_comes_before_the_animation_control_is_put_in_its_place()
    {
        byte[][] rest = [Data, FrameControl(1), FrameData(2), End];
        var image = Of([Header, AnimationControl(2), FrameControl(0), .. rest]);

        Assert.That(Clean(Of([Header, FrameControl(0), AnimationControl(2), .. rest])), Is.EqualTo(image));
        Assert.That(Clean(Of([Header, AnimationControl(2), AnimationControl(3), FrameControl(0), .. rest])), Is.EqualTo(image));
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    // Chromium shows no animation if the numbers of these controls are wrong.
    [Test]
    public void The_last_of_several_early_frame_controls_is_used()
    {
        var other = FrameControl(0, dispose: 1);
        var file = Of(Header, other, FrameControl(1), AnimationControl(2), Data, FrameControl(2), FrameData(3), End);
        Assert.That(Clean(file), Is.EqualTo(Of(Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1), FrameData(2), End)));
        Assert.That(Refusal(Of(Header, other, FrameControl(0), AnimationControl(1), Data, End)).Message, Does.Contain("must be 1"));
    }

    [TestCase(1, 10, 1, 10)]
    [TestCase(2, 20, 1, 10)]
    [TestCase(10, 0, 1, 10)]
    [TestCase(0, 7, 0, 10)]
    [TestCase(2, 6, 1, 3)]
    [TestCase(60000, 30, 20000, 10)]
    [TestCase(60000, 4, 15000, 1)]
    public void A_delay_is_written_in_one_way(int count, int parts, int cleanCount, int cleanParts)
    {
        Assert.That(Clean(WithDelay(count, parts)), Is.EqualTo(WithDelay(cleanCount, cleanParts)));
        Assert.That(Clean(WithDelay(cleanCount, cleanParts)), Is.EqualTo(WithDelay(cleanCount, cleanParts)));

        static byte[] WithDelay(int count, int parts)
        {
            var control = FrameControl(1)[8..^4];
            byte[] delay = [(byte)(count >> 8), (byte)count, (byte)(parts >> 8), (byte)parts];
            return Of(
                Header,
                AnimationControl(2),
                FrameControl(0),
                Data,
                Chunk("fcTL", [.. control[..20], .. delay, .. control[24..]]),
                FrameData(2),
                End);
        }
    }

    [Test]
    public void Chunks_of_a_frame_without_data_are_cut_and_the_others_numbered_again()
    {
        byte[][] start = [Header, AnimationControl(3), FrameControl(0), Data, FrameControl(1), FrameData(2)];
        var surplus = FrameData(3, [.. "surplus"u8]);

        Assert.That(
            Clean(Of([.. start, surplus, FrameControl(4), FrameData(5), End])),
            Is.EqualTo(Of([.. start, FrameControl(3), FrameData(4), End])));
    }

    [TestCase(1u)]
    [TestCase(2u)]
    [TestCase(3u)]
    [TestCase(uint.MaxValue)]
    public void Frames_are_stored_up_to_the_stated_number(uint stated)
    {
        byte[][] start = [Header, AnimationControl(stated), FrameControl(0), Data];
        byte[][] second = [FrameControl(1), FrameData(2)];

        var clean = Read(Of([.. start, .. second, End]));
        Assert.That(clean.Bytes.ToArray(), Is.EqualTo(Of(stated == 1 ? [.. start, End] : [.. start, .. second, End])));
        Assert.That(clean.Frames, Is.EqualTo(stated == 1 ? 1 : 2));
    }

    [Test]
    public void Frame_data_with_a_wrong_CRC_is_repaired()
    {
        byte[][] start = [Header, AnimationControl(1), Data, FrameControl(0)];
        byte[] wrong = [.. FrameData(1)[..^1], (byte)~FrameData(1)[^1]];
        Assert.That(Clean(Of([.. start, wrong, End])), Is.EqualTo(Of([.. start, FrameData(1), End])));
    }

    [Test]
    public void Frame_data_after_a_wrong_checksum_is_refused()
    {
        byte[] wrong = [.. FrameData(1)[..^1], (byte)~FrameData(1)[^1]];
        Assert.That(
            Refusal(Of(Header, AnimationControl(1), Data, FrameControl(0), wrong, FrameData(2), End)).Message,
            Does.Contain("fdAT"));
    }

    [Test]
    public void Frames_without_an_animation_are_removed() =>
        Assert.That(Clean(Of(Header, FrameControl(0), Data, FrameControl(1), FrameData(2), AnimationControl(2), End)), Is.EqualTo(Plain));

    private static IEnumerable<TestCaseData<byte[]>> HostileAnimations()
    {
        yield return new(Of(Header, AnimationControl(1), Data, End)) { TestName = "{m}(no frame)" };
        yield return new(Of(Header, AnimationControl(1), FrameControl(0), Data)) { TestName = "{m}(no end)" };
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
        yield return new(Of(
            Header, AnimationControl(2), FrameControl(0), Data, FrameControl(1), FrameData(2), Chunk("tEXt", []), FrameData(3), End))
        {
            TestName = "{m}(frame data in two places)",
        };
        yield return new(Of(Header, AnimationControl(1), Data, FrameControl(0), FrameData(1, Compress(new byte[19])), End))
        {
            TestName = "{m}(frame with too few rows)",
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
