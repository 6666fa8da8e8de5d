using GameImages.Domain.Images;
using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallGif;

namespace GameImages.Domain.Tests.Images;

public sealed class GifTests
{
    private static readonly byte[] PlainText = [0x21, 0x01, 12, .. new byte[12], 2, .. "hi"u8, 0];
    private static readonly byte[] Xmp = [0x21, 0xFF, 11, .. "XMP DataXMP"u8, 3, .. "<x>"u8, 0];

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
    public void Only_the_first_loop_count_is_kept()
    {
        var image = With(SmallGif.Loop, SmallGif.Loop, Control, Frame, SmallGif.Loop);
        Assert.That(Clean(image), Is.EqualTo(With(SmallGif.Loop, Control, Frame)));
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
        var frame = (byte[])[.. Descriptor(0, 0, Side, Side)[..^1], 0x81, .. new byte[12], .. Frame[10..]];
        Assert.That(Clean(With(frame)), Is.EqualTo(With(frame)));
    }

    [Test]
    public void A_missing_trailer_is_added() => Assert.That(Clean(Plain[..^1]), Is.EqualTo(Plain));

    [Test]
    public void A_missing_end_of_the_last_frame_is_added() => Assert.That(Clean(Plain[..^2]), Is.EqualTo(Plain));

    [Test]
    public void Invalid_bytes_after_a_frame_end_the_image() => Assert.That(Clean(With(Control, Frame, [0], Frame)), Is.EqualTo(Plain));

    [Test]
    public void Invalid_bytes_before_the_first_frame_are_removed() =>
        Assert.That(Clean(With([0, 0, 0xFF], Control, [0], Frame)), Is.EqualTo(Plain));

    [Test]
    public void Data_after_the_end_code_is_removed() =>
        Assert.That(Clean(With(Control, [.. Frame[..^1], 6, .. "secret"u8, 0])), Is.EqualTo(Plain));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(300)]
    [TestCase(4096)]
    public void Pixels_of_any_codes_are_counted(int width)
    {
        var image = (byte[])[.. ScreenOf((ushort)width, 3), .. FrameOf(0, 0, (ushort)width, 3), .. Trailer];
        Assert.That(Clean(image), Is.EqualTo(image));
    }

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

        var data = bits.Chunk(8).Select(eight => (byte)eight.Select((bit, place) => bit << place).Sum()).Chunk(255);
        var image = Image(pixels / columns);

        Assert.That(Clean(image), Is.EqualTo(image));
        Refusal(Image(pixels / columns + 1));

        byte[] Image(int rows)
        {
            var blocks = data.SelectMany(block => block.Prepend((byte)block.Length));
            return [.. ScreenOf(columns, 4096), .. Descriptor(0, 0, columns, (ushort)rows), 2, .. blocks, 0, .. Trailer];
        }
    }

    private static IEnumerable<TestCaseData<byte[]>> HostileFiles()
    {
        yield return new([.. "GIF89a"u8]) { TestName = "{m}(no screen)" };
        yield return new(Screen) { TestName = "{m}(nothing after the screen)" };
        yield return new(With()) { TestName = "{m}(no frame)" };
        yield return new(Screen[..^1]) { TestName = "{m}(short color table)" };
        yield return new(With(Control, Frame[..^3])) { TestName = "{m}(frame without its last pixels)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 2, 0])) { TestName = "{m}(frame without data)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 2, 1, 0xFF, 0])) { TestName = "{m}(frame with invalid codes)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 0, .. Frame[11..]])) { TestName = "{m}(code size 0)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 9, .. Frame[11..]])) { TestName = "{m}(code size 9)" };
        yield return new(With([.. Descriptor(0, 0, Side, Side), 255, .. Frame[11..]])) { TestName = "{m}(code size 255)" };
        yield return new(With(FrameOf(1, 0, Side, Side))) { TestName = "{m}(frame beyond the right)" };
        yield return new(With(FrameOf(0, 1, Side, Side))) { TestName = "{m}(frame beyond the bottom)" };
        yield return new(With(Frame, FrameOf(0, 0, Side, Side + 1))) { TestName = "{m}(second frame larger than the screen)" };
        yield return new(With([.. Descriptor(65_535, 65_535, 65_535, 65_535), 2, 0])) { TestName = "{m}(frame far outside)" };
        yield return new(With(FrameOf(0, 0, 0, Side))) { TestName = "{m}(frame without width)" };
        yield return new(With(FrameOf(0, 0, Side, 0))) { TestName = "{m}(frame without height)" };
        yield return new([.. ScreenOf(0, Side), .. Frame, .. Trailer]) { TestName = "{m}(screen without width)" };
        yield return new([.. ScreenOf(Side, 0), .. Frame, .. Trailer]) { TestName = "{m}(screen without height)" };
        yield return new([.. ScreenOf(4097, 1), .. Frame, .. Trailer]) { TestName = "{m}(screen of 4097 pixels)" };
        yield return new([.. ScreenOf(65_535, 65_535), .. Frame, .. Trailer]) { TestName = "{m}(screen of 65535 x 65535 pixels)" };
        yield return new(With([0x21, 0xF9, 3, 0, 0, 0, 0], Frame)) { TestName = "{m}(short graphic control)" };
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
