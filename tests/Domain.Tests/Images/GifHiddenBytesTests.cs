using GameImages.Testing.Images;
using static GameImages.Domain.Tests.Images.Cleaning;
using static GameImages.Testing.Images.SmallGif;

namespace GameImages.Domain.Tests.Images;

/// <summary>A cleaned GIF carries nothing that it does not show. Each attack hides the bytes that it gets in a file.</summary>
public sealed class GifHiddenBytesTests
{
    // The bytes of unused colors and flags that a file may keep.
    private const int MaxSlack = 256;

    private const ushort Length = 600;

    private static readonly byte[] Codes64 = LzwWriter.Encode(Noise(1, 64 * 64), 8);
    private static readonly byte[] Frame64 = Data(64, 64, 8, Chain(Codes64));
    // A frame whose codes leave no choice.
    private static readonly byte[] Exact = Data(Side, Side, 2, Chain(LzwWriter.Encode([0, 1, 1, 0])));
    private static readonly byte[] TwoColors = [255, 0, 0, 0, 255, 0];

    private static IEnumerable<TestCaseData<Func<byte[], byte[]>>> Attacks()
    {
        yield return Attack("a comment", bytes => With([0x21, 0xFE, .. Chain(bytes)], Frame));
        yield return Attack("an application extension", bytes => With([0x21, 0xFF, 11, .. "XMP DataXMP"u8, .. Chain(bytes)], Frame));
        yield return Attack("the loop extension", bytes => With([.. SmallGif.Loop[..^1], .. Chain(bytes)], Frame));
        yield return Attack("loop counts", bytes => With([.. bytes.SelectMany(LoopOf), .. LoopOf(1)], Frame));
        yield return Attack("controls", bytes => With([.. bytes.SelectMany(DelayOf), .. Control], Frame));
        yield return Attack("controls without a frame", bytes => With(Frame, [.. bytes.SelectMany(DelayOf)]));
        yield return Attack("bytes after the trailer", bytes => [.. Plain, .. bytes]);
        yield return Attack("bytes after the end code", bytes => With(Data(Side, Side, 2, Chain([.. Codes(4), .. bytes]))));
        yield return Attack("sub-blocks after the end code", bytes => With([.. Frame[..^1], .. Chain(bytes)]));
        yield return Attack("codes after the last pixel", bytes => WithColors(Grays, Pixels(0, 0, 1, 1, [7, .. bytes])));
        yield return Attack("unused bits", bytes => With(Frames(bytes, value => Unused(value))));
        yield return Attack("lengths of sub-blocks", bytes => WithColors(Grays, Data(64, 64, 8, Cut(Codes64, bytes))));
        yield return Attack("a length in each frame", bytes => WithColors(Grays, Frame64, Frames(bytes, CutAt)));
        yield return Attack("pixels beyond the right", bytes => WithColors(Grays, Frame, Pixels(1, 1, Length + 1, 1, [7, .. bytes])));
        yield return Attack("pixels beyond the bottom", bytes => WithColors(Grays, Frame, Pixels(1, 1, 1, Length + 1, [7, .. bytes])));
        yield return Attack("interlaced pixels", bytes => WithColors(Grays, Frame, Interlaced([7, .. bytes])));
        yield return Attack("a frame outside the image", bytes => WithColors(Grays, Frame, Pixels(2, 0, Length, 1, bytes)));
        yield return Attack("a frame without columns", bytes => WithColors(Grays, Frame, Pixels(0, 0, 0, 1, bytes)));
        yield return Attack("a frame without rows", bytes => WithColors(Grays, Frame, Pixels(0, 0, 1, 0, bytes)));
        yield return Attack("the color table of a frame without codes", bytes => With(Frame, Local(7, Pad(bytes), Data(1, 1, 8, [0]))));
        yield return Attack("rectangles without codes", bytes => Of(Length, Length, TwoColors, Frames(bytes, Rectangle)));
        yield return Attack("colors that look the same", bytes => WithColors(new byte[768], Pixels(0, 0, Length, 1, bytes)));
        yield return Attack("colors that no table has", bytes => WithColors([], Pixels(0, 0, Length, 1, bytes)));
        yield return Attack("clear codes", bytes => With(Data(Length, 1, 2, Chain(ClearCodes(bytes)))));
        yield return Attack("short and long codes", bytes => With(Data(2, 4 * Length + 1, 2, Chain(ShortAndLongCodes(bytes)))));
        yield return Attack("short and long codes of a full table", bytes => With(CodesOfFullTable(bytes)));
        yield return Attack("clear codes after the table is full", bytes => WithColors(Grays, LateClearCodes(bytes)));
        yield return Attack("clear codes in a row", bytes => With(Data(Side, Side, 2, Chain(RepeatedClearCodes(bytes)))));
    }

    private static IEnumerable<TestCaseData<Func<byte[], byte[]>>> BoundedAttacks()
    {
        yield return Attack("unused colors", bytes => WithColors(Pad([.. TwoColors, .. bytes]), Frame));
        yield return Attack("unused colors of frames", bytes => With(Frames(bytes, UnusedColor)));
        yield return Attack("transparent colors", bytes => With(Frames(bytes, TransparentColor)));
        yield return Attack("flags of frames", bytes => With(Frames(bytes, FrameFlags)));
        yield return Attack("flags of controls", bytes => With(Frames(bytes, value => [.. ControlOf(value & 0xE2, 0), .. Exact])));
        yield return Attack("unused transparent colors", bytes => With(Frames(bytes, value => [.. ControlOf(0, value), .. Exact])));
    }

    [TestCaseSource(nameof(Attacks))]
    public void Hidden_bytes_are_removed(Func<byte[], byte[]> hide) => Assert.That(Difference(hide), Is.Zero);

    [TestCaseSource(nameof(BoundedAttacks))]
    public void Few_hidden_bytes_are_kept(Func<byte[], byte[]> hide)
    {
        // Each of the two files may keep other bytes.
        Assert.That(Difference(hide), Is.LessThanOrEqualTo(2 * MaxSlack));
    }

    [Test]
    public void Unused_colors_are_kept_while_they_are_few()
    {
        var image = WithColors([.. TwoColors, .. Noise(1, 42)], Frame);
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [Test]
    public void Unused_colors_become_zero_when_they_are_many() =>
        Assert.That(Clean(WithColors([.. TwoColors, .. Noise(1, 762)], Frame)), Is.EqualTo(WithColors(Pad(TwoColors), Frame)));

    [TestCase(1)]
    [TestCase(200)]
    [TestCase(254)]
    public void Sub_blocks_of_one_length_are_kept(int length)
    {
        var image = Of(64, 64, Grays, Data(64, 64, 8, Cut(Codes64, [(byte)(length - 1)])));
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [Test]
    public void Codes_of_a_full_table_are_kept()
    {
        var image = Of(200, 200, Grays, Data(200, 200, 8, Chain(LzwWriter.Encode(Noise(1, 200 * 200), 8))));
        Assert.That(Clean(image), Is.EqualTo(image));
    }

    [Test]
    public void Code_sizes_that_no_color_needs_are_kept_while_they_are_few()
    {
        var unusual = Data(Side, Side, 6, Chain(LzwWriter.Encode([0, 1, 1, 0], 6)));
        var clean = With([.. Enumerable.Repeat(unusual, MaxSlack), .. Enumerable.Repeat(Exact, 300)]);
        Assert.That(Clean(With([.. Enumerable.Repeat(unusual, MaxSlack + 300)])), Is.EqualTo(clean));
    }

    /// <returns>How many bytes of the cleaned file depend on the hidden bytes.</returns>
    private static int Difference(Func<byte[], byte[]> hide)
    {
        var uploads = new[] { hide(Noise(1, Length)), hide(Noise(2, Length)) };
        var cleaned = Array.ConvertAll(uploads, Clean);

        Assert.That(uploads[0], Is.Not.EqualTo(uploads[1]));
        Assert.That(cleaned[0], Has.Length.EqualTo(cleaned[1].Length));
        Assert.That(Clean(cleaned[0]), Is.EqualTo(cleaned[0]), "cleaned twice");
        return cleaned[0].Zip(cleaned[1]).Count(pair => pair.First != pair.Second);
    }

    private static TestCaseData<Func<byte[], byte[]>> Attack(string place, Func<byte[], byte[]> hide) =>
        new(hide) { TestName = $"{{m}}({place})" };

    /// <returns>Bytes from 1 to 250.</returns>
    private static byte[] Noise(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(1, 251))];
    }

    private static byte[] Pad(byte[] colors) => [.. colors, .. new byte[768 - colors.Length]];

    private static byte[] Frames(byte[] bytes, Func<byte, byte[]> frame) => [.. bytes.SelectMany(frame)];

    private static byte[] LoopOf(byte count) => [.. SmallGif.Loop[..^3], count, 0, 0];

    private static byte[] DelayOf(byte delay) => [0x21, 0xF9, 4, 0, delay, 0, 0, 0];

    private static byte[] Local(byte size, byte[] colors, byte[] frame) =>
        [.. frame[..9], (byte)(0x80 | size), .. colors, .. frame[10..]];

    private static byte[] Rectangle(byte value) => [.. Descriptor(value, value, value, 9), 8, 0];

    private static byte[] Interlaced(byte[] pixels)
    {
        var frame = Pixels(1, 1, 1, (ushort)pixels.Length, pixels);
        frame[9] = 0x40;
        return frame;
    }

    private static byte[] ControlOf(int flags, byte transparent) => [0x21, 0xF9, 4, (byte)flags, 0, 0, transparent, 0];

    private static byte[] UnusedColor(byte value) => Local(1, [.. TwoColors, 0, 0, 0, value, 9, 9], Exact);

    private static byte[] TransparentColor(byte value) => [.. ControlOf(1, 1), .. Local(0, [1, 2, 3, value, 9, 9], Exact)];

    private static byte[] FrameFlags(byte value) => [.. Exact[..9], (byte)(value & 0x3F), .. Exact[10..]];

    // The codes of a frame with four pixels have 21 bits.
    private static byte[] Unused(byte value)
    {
        var frame = (byte[])[.. Frame];
        frame[^2] |= (byte)(value << 5);
        return frame;
    }

    private static byte[] CutAt(byte length) => Data(16, 16, 8, Cut(LzwWriter.Encode(Noise(1, 256), 8), [length]));

    private static byte[] ClearCodes(byte[] bytes) =>
        bytes.Aggregate(new LzwWriter(2), (writer, value) => (value % 2 == 0 ? writer.Clear() : writer).Add(1)).End();

    private static byte[] RepeatedClearCodes(byte[] bytes) =>
        bytes.Aggregate(new LzwWriter(2), (writer, value) => Enumerable.Range(0, value).Aggregate(writer, (same, _) => same.Clear()))
            .Add(0, 1, 2, 3)
            .End();

    // Code 6 stands for two pixels of color 0. Half of the bytes are enough to exceed the slack.
    private static byte[] ShortAndLongCodes(byte[] bytes) =>
        new LzwWriter(2).Clear().Add(0, 0).Add(bytes[..(Length / 2)].SelectMany(ShortOrLong)).End();

    private static IEnumerable<int> ShortOrLong(byte value) =>
        Enumerable.Range(0, 8).SelectMany(bit => (value >> bit & 1) != 0 ? new[] { 6 } : [0, 0]);

    // The codes stand for 1 to 4,091 pixels of color 0. Then the table is full.
    private static byte[] CodesOfFullTable(byte[] bytes)
    {
        var writer = new LzwWriter(2).Clear().Add(0).Add(Enumerable.Range(6, 4090));
        return Data(4096, 2045, 2, Chain(writer.Add(bytes.SelectMany(ShortOrLong)).End()));
    }

    private static byte[] LateClearCodes(byte[] bytes) =>
        Data(1000, 650, 8, Chain(LzwWriter.Encode(Noise(3, 650_000), 8, waits: bytes)));
}
