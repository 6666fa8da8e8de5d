using GameImages.Domain.Images;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallGif;

namespace GameImages.Domain.Tests.Images;

/// <summary>GIF frames that leave the image, or that have no pixels.</summary>
public sealed class GifLooseFrameTests
{
    private static readonly byte[] Transparent = [0x21, 0xF9, 4, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];

    [TestCase(3, 0, 2, 4, 5, 4)]
    [TestCase(0, 5, 2, 1, 2, 6)]
    [TestCase(4, 4, 3, 3, 7, 7)]
    [TestCase(0, 0, 4096, 1, 4096, 2)]
    public void The_first_frame_enlarges_the_image(int left, int top, int width, int height, int fullWidth, int fullHeight)
    {
        var content = Read(With(FrameOf((ushort)left, (ushort)top, (ushort)width, (ushort)height)));

        AssertFacts(content, ImageFormat.Gif, fullWidth, fullHeight, frames: 1);
        Assert.That(content.Format.ReadSize(content.Bytes.Span), Is.EqualTo(content.Size));
    }

    [TestCase(0, 0)]
    [TestCase(0, 2)]
    [TestCase(2, 0)]
    public void The_first_frame_is_the_size_of_an_image_without_one(int width, int height) =>
        Assert.That(Clean([.. ScreenOf((ushort)width, (ushort)height), .. Control, .. Frame, .. Trailer]), Is.EqualTo(Plain));

    [Test]
    public void A_later_frame_does_not_enlarge_the_image() =>
        AssertFacts(Read(With(Frame, FrameOf(1, 1, 9, 9))), ImageFormat.Gif, Side, Side, frames: 2);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(13)]
    [TestCase(39)]
    public void A_later_frame_keeps_its_visible_pixels(int start)
    {
        var pixels = Noise(40 * 40);
        var frame = Frame40(start, start, pixels);
        var cleaned = GifDecoder.Decode(Clean([.. ScreenOf(40, 40), .. Frame40(0, 0, pixels), .. frame, .. Trailer]));
        var side = 40 - start;
        var visible = Enumerable.Range(0, side).SelectMany(row => pixels.Skip(40 * row).Take(side));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cleaned[0].Pixels, Is.EqualTo(pixels));
            Assert.That(new[] { cleaned[1].Left, cleaned[1].Top }, Is.All.EqualTo(start));
            Assert.That(new[] { cleaned[1].Width, cleaned[1].Height }, Is.All.EqualTo(side));
            Assert.That(cleaned[1].Pixels, Is.EqualTo(visible));
        }
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(30)]
    public void An_interlaced_frame_keeps_its_visible_rows(int height)
    {
        var pixels = Enumerable.Range(0, 40).SelectMany(row => Enumerable.Repeat((byte)row, 3)).ToArray();
        var rows = Interlaced(40).SelectMany(row => pixels[(3 * row)..(3 * row + 3)]).ToArray();
        var frame = Pixels(0, (ushort)(40 - height), 3, 40, rows);
        frame[9] = 0x40;
        var cleaned = GifDecoder.Decode(Clean(Of(3, 40, Grays, Data(3, 40, 2, Chain(Codes(120))), frame)))[1];

        Assert.That(cleaned.Flags, Is.EqualTo(0x40));
        Assert.That(cleaned.Pixels, Is.EqualTo(Interlaced(height).SelectMany(row => Enumerable.Repeat((byte)row, 3))));
    }

    [TestCase(2, 0, 1, 1)]
    [TestCase(0, 2, 1, 1)]
    [TestCase(0, 0, 0, 1)]
    [TestCase(0, 0, 1, 0)]
    [TestCase(4000, 4000, 9, 9)]
    public void A_frame_without_visible_pixels_becomes_a_transparent_pixel(int left, int top, int width, int height)
    {
        var frame = FrameOf((ushort)left, (ushort)top, (ushort)width, (ushort)height);
        Assert.That(Clean(With(Control, Frame, frame)), Is.EqualTo(With(Control, Frame, Transparent)));
    }

    [Test]
    public void A_frame_without_visible_pixels_keeps_its_duration()
    {
        var cleaned = GifDecoder.Decode(Clean(With(Frame, [0x21, 0xF9, 4, 0xFF, 7, 8, 3, 0], FrameOf(2, 2, 1, 1))));
        Assert.That(cleaned[1].Control, Is.EqualTo(new byte[] { 1, 7, 8, 0 }));
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { 0x05 })]
    [TestCase(new byte[] { 0x2C })]
    [TestCase(new byte[] { 0x24, 0x49 })]
    public void A_frame_without_codes_is_kept_empty(byte[] codes)
    {
        var empty = Data(1, 1, 2, [0]);

        Assert.That(Clean(With(Data(1, 1, 2, Chain(codes)))), Is.EqualTo(With(empty)));
        Assert.That(Clean(With(Control, Frame, Data(1, 1, 2, Chain(codes)), Frame)), Is.EqualTo(With(Control, Frame, empty, Frame)));
    }

    [Test]
    public void The_usual_placeholder_is_kept()
    {
        byte[] placeholder = [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0, 0x3B];
        Assert.That(Clean(placeholder), Is.EqualTo(placeholder));
    }

    [Test]
    public void Frames_outside_the_image_count_as_frames_and_pixels()
    {
        var image = With(Frame, FrameOf(9, 9, 3, 1));

        Read(image, new(MaxPixels: 7, MaxFrames: 2));
        Refusal(image, new(MaxPixels: 6));
        Refusal(image, new(MaxFrames: 1));
    }

    private static byte[] Noise(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(2))];
    }

    private static byte[] Frame40(int left, int top, byte[] pixels) =>
        [.. Descriptor((ushort)left, (ushort)top, 40, 40), 2, .. Chain(LzwWriter.Encode(pixels))];

    private static IEnumerable<int> Interlaced(int height) =>
        new[] { (0, 8), (4, 8), (2, 4), (1, 2) }
            .SelectMany(pass => Enumerable.Range(0, height).Where(row => row >= pass.Item1 && (row - pass.Item1) % pass.Item2 == 0));
}
