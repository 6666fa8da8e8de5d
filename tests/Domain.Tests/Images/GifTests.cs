using GameImages.Domain.Images;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallGif;

namespace GameImages.Domain.Tests.Images;

public sealed class GifTests
{
    private static readonly byte[] PlainText = [0x21, 0x01, 12, .. new byte[12], 2, .. "hi"u8, 0];
    private static readonly byte[] Xmp = [0x21, 0xFF, 11, .. "XMP DataXMP"u8, 3, .. "<x>"u8, 0];

    private static byte[] LoopOf(params byte[] blocks) => [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, .. blocks, 0];

    private static IEnumerable<byte> EndlessClearCodes =>
        Enumerable.Repeat<byte[]>([3, 0x24, 0x49, 0x92], 100_000).SelectMany(block => block);

    [Test]
    public void The_logical_screen_states_the_size()
    {
        AssertFacts(Read(With(SmallGif.Loop, Frame, Control, Frame)), ImageFormat.Gif, Side, Side, frames: 2);
    }

    private static IEnumerable<TestCaseData<byte[]>> Metadata()
    {
        yield return new(Comment("<script>alert(1)</script>")) { TestName = "{m}(comment)" };
        yield return new(PlainText) { TestName = "{m}(plain text)" };
        yield return new(Xmp) { TestName = "{m}(XMP)" };
        yield return new([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 5, 2, 0, 0, 0, 0, 0]) { TestName = "{m}(buffering)" };
        yield return new([0x21, 0xCE, 0]) { TestName = "{m}(unknown extension)" };
    }

    [TestCaseSource(nameof(Metadata))]
    public void Metadata_is_removed(byte[] block)
    {
        Assert.That(Clean(With(block, Control, Frame)), Is.EqualTo(Plain));
        Assert.That(Clean(With(Control, block, Frame, block)), Is.EqualTo(Plain));
    }

    [TestCase("NETSCAPE2.0")]
    [TestCase("ANIMEXTS1.0")]
    public void The_loop_count_of_an_animation_is_kept(string application)
    {
        byte[] start = [0x21, 0xFF, 11, .. System.Text.Encoding.ASCII.GetBytes(application), 3, 1, 5, 0];
        var image = With([.. start, 0], Control, Frame, Control, Frame);

        Assert.That(Clean(image), Is.EqualTo(image));
        Assert.That(Clean(With([.. start, 6, .. "secret"u8, 0], Control, Frame, Control, Frame)), Is.EqualTo(image));
    }

    [Test]
    public void The_last_loop_count_replaces_the_first_one()
    {
        var image = With(SmallGif.Loop, Control, Frame, LoopOf(3, 1, 5, 0), Control, Frame, LoopOf(3, 1, 7, 0));
        Assert.That(Clean(image), Is.EqualTo(With(LoopOf(3, 1, 7, 0), Control, Frame, Control, Frame)));
    }

    [TestCase(new byte[] { 2, 1, 5 })]
    [TestCase(new byte[] { 4, 1, 5, 0, 0 })]
    [TestCase(new byte[] { 3, 0, 5, 0 })]
    [TestCase(new byte[] { 5, 2, 0, 0, 0, 0, 3, 1, 5, 0 })]
    public void A_loop_count_that_browsers_ignore_is_removed(byte[] blocks) =>
        Assert.That(Clean(With(LoopOf(blocks), Control, Frame)), Is.EqualTo(Plain));

    // Chromium takes the empty sub-block for the first one, and reads what follows as more sub-blocks.
    [Test]
    public void A_loop_extension_without_a_count_does_not_end()
    {
        Refusal(With(LoopOf(), Control, Frame));
        Assert.That(Clean(With(Control, Frame, LoopOf(), Control, Frame)), Is.EqualTo(Plain));
    }

    [Test]
    public void Only_the_last_graphic_control_before_a_frame_is_kept()
    {
        byte[] other = [0x21, 0xF9, 4, 9, 9, 9, 9, 0];
        Assert.That(Clean(With(other, Control, Frame, other)), Is.EqualTo(Plain));
    }

    [Test]
    public void Color_tables_of_frames_are_kept()
    {
        var frame = (byte[])[.. Descriptor(0, 0, Side, Side)[..^1], 0x81, 1, 2, 3, 4, 5, 6, .. new byte[6], .. Frame[10..]];
        Assert.That(Clean(With(frame)), Is.EqualTo(With(frame)));
    }

    [Test]
    public void A_missing_trailer_is_added() => Assert.That(Clean(Plain[..^1]), Is.EqualTo(Plain));

    [Test]
    public void A_missing_end_of_the_last_frame_is_added() => Assert.That(Clean(Plain[..^2]), Is.EqualTo(Plain));

    private static IEnumerable<TestCaseData<byte[]>> InvalidBlocks()
    {
        yield return new([0]) { TestName = "{m}(NUL)" };
        yield return new([0xFF]) { TestName = "{m}(other byte)" };
        yield return new([0x21, 0xF9, 0]) { TestName = "{m}(empty graphic control)" };
        yield return new([0x21, 0xF9, 5, 0, 0, 0, 0, 0, 0]) { TestName = "{m}(long graphic control)" };
        yield return new([0x21, 0xF9, 4, 0, 0, 0, 0, 1, 0, 0]) { TestName = "{m}(graphic control of two sub-blocks)" };
        yield return new([0x3B]) { TestName = "{m}(trailer)" };
    }

    [TestCaseSource(nameof(InvalidBlocks))]
    public void An_invalid_block_ends_the_image(byte[] block) => Assert.That(Clean(With(Control, Frame, block, Frame)), Is.EqualTo(Plain));

    [TestCaseSource(nameof(InvalidBlocks))]
    public void An_image_with_an_invalid_block_before_its_first_frame_is_refused(byte[] block) => Refusal(With(block, Control, Frame));

    [Test]
    public void An_incomplete_block_ends_the_image([Range(1, 8)] int length)
    {
        Assert.That(Clean([.. With(Control, Frame)[..^1], .. Comment("a comment")[..length]]), Is.EqualTo(Plain));
        Assert.That(Clean([.. With(Control, Frame)[..^1], .. Control[..(length - 1)]]), Is.EqualTo(Plain));
        Assert.That(Clean([.. With(Control, Frame)[..^1], .. Frame[..length]]), Is.EqualTo(Plain));
    }

    [Test]
    public void Data_after_the_end_code_is_removed() =>
        Assert.That(Clean(With(Control, [.. Frame[..^1], 6, .. "secret"u8, 0])), Is.EqualTo(Plain));

    // All pixels are equal. If "longer" is true, each code is the next free one, which stands for one more pixel each time. Otherwise each
    // code stands for one pixel. The table grows by one entry per code until it is full. Then the codes stay at 12 bits.
    [TestCase(4, true)]
    [TestCase(100, true)]
    [TestCase(100, false)]
    [TestCase(5000, false)]
    public void Pixels_are_counted_while_the_table_grows(int codes, bool longer)
    {
        const int columns = 10;
        var bits = new List<int>();
        var next = 6;
        var width = 3;
        var pixels = 0;

        for (var i = 0; i < codes; i++)
        {
            var code = longer && i > 0 ? next : 0;
            bits.AddRange(Enumerable.Range(0, width).Select(bit => code >> bit & 1));
            pixels += longer ? i + 1 : 1;
            next += i > 0 && next < 4096 ? 1 : 0;
            width = next == 1 << width && width < 12 ? width + 1 : width;
        }

        var data = Chain([.. bits.Chunk(8).Select(eight => (byte)eight.Select((bit, place) => bit << place).Sum())]);

        Assert.That(GifDecoder.Decode(Clean(Image(pixels / columns))).Single().Pixels.Take(pixels), Is.All.Zero);
        Refusal(Image(pixels / columns + 1));

        byte[] Image(int rows) => [.. ScreenOf(columns, 4096), .. Data(columns, (ushort)rows, 2, data), .. Trailer];
    }

    private static IEnumerable<TestCaseData<byte[]>> HostileFiles()
    {
        yield return new([.. "GIF89a"u8]) { TestName = "{m}(no screen)" };
        yield return new(Screen) { TestName = "{m}(nothing after the screen)" };
        yield return new(With()) { TestName = "{m}(no frame)" };
        yield return new(Screen[..^1]) { TestName = "{m}(short color table)" };
        yield return new(With(Control, Frame[..^3])) { TestName = "{m}(frame without its last pixels)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 2])) { TestName = "{m}(frame without data)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side)])[..^1]) { TestName = "{m}(frame without code size)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 2, 3, 0])[..^1]) { TestName = "{m}(frame without codes and end)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 2, 1, 0xFF, 0])) { TestName = "{m}(frame with invalid codes)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 0, .. Frame[11..]])) { TestName = "{m}(code size 0)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 9, .. Frame[11..]])) { TestName = "{m}(code size 9)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 255, .. Frame[11..]])) { TestName = "{m}(code size 255)" };
        yield return new(With([.. Descriptor(65_535, 65_535, 65_535, 65_535), 2, 0])) { TestName = "{m}(frame far outside)" };
        yield return new(With(Frame, FrameOf(4095, 0, 2, 1))) { TestName = "{m}(frame that ends at 4097 pixels)" };
        yield return new([.. ScreenOf(0, 0), .. FrameOf(0, 0, 0, 1), .. Trailer]) { TestName = "{m}(no pixels at all)" };
        yield return new(With(FrameOf(4095, 0, 2, 1))) { TestName = "{m}(first frame that ends at 4097 pixels)" };
        yield return new([.. ScreenOf(4097, 1), .. Frame, .. Trailer]) { TestName = "{m}(screen of 4097 pixels)" };
        yield return new([.. ScreenOf(65_535, 65_535), .. Frame, .. Trailer]) { TestName = "{m}(screen of 65535 x 65535 pixels)" };
        yield return new([.. Screen, 0x21, 0xFE, .. Enumerable.Repeat((byte)1, 100_000)]) { TestName = "{m}(endless comment)" };
        yield return new([.. Screen, .. Descriptor(0, 0, Side, Side), 2, .. EndlessClearCodes]) { TestName = "{m}(endless image data)" };
        yield return new([.. "GIF89a/*"u8, .. Screen[8..], .. "*/=alert(1)"u8]) { TestName = "{m}(script)" };
        yield return new(With([.. Enumerable.Repeat(Frame, 1001).SelectMany(frame => frame)])) { TestName = "{m}(1001 frames)" };
    }

    [TestCaseSource(nameof(HostileFiles))]
    public void A_hostile_file_is_refused(byte[] file) => Refusal(file);

    [Test]
    public void A_thousand_frames_are_allowed() =>
        Assert.That(Read(With([.. Enumerable.Repeat(Frame, 1000).SelectMany(frame => frame)])).Frames, Is.EqualTo(1000));

    [Test]
    public void The_pixels_of_all_frames_have_a_limit()
    {
        var image = With(Frame, FrameOf(1, 1, 1, 1));

        Read(image, new(MaxPixels: 5));
        Assert.That(Refusal(image, new(MaxPixels: 4)).Message, Does.Contain("pixels in all frames together"));
    }
}
