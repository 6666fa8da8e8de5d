using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

/// <summary>
/// GIF animations with one odd part each: every kind of block in every place, and frames with odd rectangles, codes and code sizes.
/// </summary>
internal static class GifOddities
{
    private const ushort Side = 16;

    private static readonly byte[] Whole = Image(0, 0, Side, Side);
    private static readonly byte[] Part = Image(3, 5, 7, 6);
    private static readonly byte[] First = Control(0x05, 10, transparent: 9);
    private static readonly byte[] Second = Control(0x05, 20, transparent: 1);

    private static readonly (string Name, byte[] Bytes)[] Blocks =
    [
        ("comment", SmallGif.Comment("a comment")),
        ("plain text", [0x21, 0x01, 12, .. new byte[12], 2, .. "hi"u8, 0]),
        ("unknown extension", [0x21, 0x42, 3, 1, 2, 3, 0]),
        ("empty extension", [0x21, 0xCE, 0]),
        ("XMP", [0x21, 0xFF, 11, .. "XMP DataXMP"u8, 3, .. "<x>"u8, 0]),
        ("profile", [0x21, 0xFF, 11, .. "ICCRGBG1012"u8, 3, 1, 2, 3, 0]),
        ("short application", [0x21, 0xFF, 5, .. "short"u8, 3, 1, 5, 0, 0]),
        ("empty application", [0x21, 0xFF, 0]),
        ("loop forever", Loop(3, 1, 0, 0)),
        ("loop 5 times", Loop(3, 1, 5, 0)),
        ("loop of another application", [0x21, 0xFF, 11, .. "ANIMEXTS1.0"u8, 3, 1, 7, 0, 0]),
        ("loop in lower case", [0x21, 0xFF, 11, .. "netscape2.0"u8, 3, 1, 7, 0, 0]),
        ("loop without a count", Loop()),
        ("loop of 1 byte", Loop(1, 1)),
        ("loop of 2 bytes", Loop(2, 1, 5)),
        ("loop of 4 bytes", Loop(4, 1, 5, 0, 0)),
        ("loop 0", Loop(3, 0, 5, 0)),
        ("loop 2", Loop(3, 2, 5, 0)),
        ("loop after buffering", Loop(5, 2, 0, 0, 0, 0, 3, 1, 5, 0)),
        ("loop before buffering", Loop(3, 1, 5, 0, 5, 2, 0, 0, 0, 0)),
        ("loop twice in one", Loop(3, 1, 5, 0, 3, 1, 7, 0)),
        ("two loops", [.. Loop(3, 1, 5, 0), .. Loop(3, 1, 7, 0)]),
        ("control of 0 bytes", [0x21, 0xF9, 0]),
        ("control of 1 byte", [0x21, 0xF9, 1, 9, 0]),
        ("control of 3 bytes", [0x21, 0xF9, 3, 1, 30, 0, 0]),
        ("control", Control(0x01, 30, transparent: 2)),
        ("two controls", [.. Control(0x01, 30, transparent: 2), .. Control(0x00, 40, transparent: 3)]),
        ("control of 5 bytes", [0x21, 0xF9, 5, 1, 30, 0, 2, 0, 0]),
        ("control of 8 bytes", [0x21, 0xF9, 8, 1, 30, 0, 2, 0, 0, 0, 0, 0]),
        ("control of two sub-blocks", [0x21, 0xF9, 4, 1, 30, 0, 2, 1, 0, 0]),
        ("control without an end", [0x21, 0xF9, 4, 1, 30, 0, 2]),
        ("NUL", [0]),
        ("NULs", [0, 0, 0, 0]),
        ("invalid byte", [0xFF]),
        ("introducer", [0x21]),
        ("trailer", [0x3B]),
    ];

    private static readonly (string Name, byte[] Bytes)[] Frames =
    [
        ("beyond the right", Image(10, 0, 9, 16)),
        ("beyond the bottom", Image(0, 10, 16, 9)),
        ("beyond both", Image(10, 12, 19, 23)),
        ("interlaced beyond the bottom", Interlaced(Image(2, 4, 9, 21))),
        ("interlaced", Interlaced(Image(2, 3, 9, 11))),
        ("outside", Image(20, 20, 4, 4)),
        ("outside at the right", Image(16, 0, 4, 4)),
        ("without width", Rectangle(4, 4, 0, 4, [0x2C])),
        ("without height", Rectangle(4, 4, 4, 0, [0x2C])),
        ("without width and codes", Rectangle(4, 4, 0, 4, [])),
        ("without width, with pixels", Rectangle(4, 4, 0, 4, SmallGif.Codes(9))),
        ("without width, outside", Rectangle(20, 4, 0, 4, [0x2C])),
        ("without sides", Rectangle(0, 0, 0, 0, [0x2C])),
        ("without codes", Rectangle(4, 4, 4, 4, [])),
        ("of clear codes", Rectangle(4, 4, 4, 4, [0x24, 0x49, 0x92])),
        ("of an end code", Rectangle(4, 4, 4, 4, [0x2C])),
        ("without its last row", Rectangle(4, 4, 4, 4, SmallGif.Codes(12))),
        ("with an invalid code", Rectangle(4, 4, 4, 4, [0x3C])),
        ("with too many pixels", Rectangle(4, 4, 4, 4, SmallGif.Codes(50))),
        ("with invalid codes after the pixels", Rectangle(4, 4, 4, 4, [.. Pixels(16, hasEnd: false), 0xFF, 0xFF])),
        ("without an end code", Rectangle(4, 4, 4, 4, Pixels(16, hasEnd: false))),
        ("with bytes after the end code", Rectangle(4, 4, 4, 4, [.. Pixels(16), 1, 2, 3, 4, 5, 6, 7])),
        ("without a clear code", Rectangle(4, 4, 4, 4, new LzwWriter(2).Add(Noise(16)).End())),
        ("with clear codes", Rectangle(0, 0, Side, Side, SmallGif.Codes(Side * Side))),
        ("of one color that has two entries", Own(Image(2, 2, 8, 8), [.. new byte[9], 1, 2, 3])),
        ("with unused colors", Own(Rectangle(2, 2, 8, 8, SmallGif.Codes(64)), [9, 8, 7, 200, 100, 50, 1, 2, 3, 4, 5, 6])),
        ("with a short color table", [.. Image(2, 2, 8, 8)[..9], 0x80, 200, 0, 0, 0, 100, 0, .. Image(2, 2, 8, 8)[10..]]),
        ("with reserved flags", [.. Image(2, 2, 8, 8)[..9], 0x3F, .. Image(2, 2, 8, 8)[10..]]),
        .. Enumerable.Range(0, 12).Select(size => ($"of code size {size}", OfCodeSize(size))),
        .. Enumerable.Range(0, 12).Select(size => ($"of 3-bit codes and code size {size}", Sized(size, Pixels(64)))),
    ];

    public static IEnumerable<(string Name, byte[] Bytes)> All() =>
        [.. InPlaces(), .. OddFrames(), .. OddScreens(), .. OddFlags(), .. OddEnds()];

    private static IEnumerable<(string, byte[])> InPlaces()
    {
        foreach (var (name, block) in Blocks)
        {
            yield return ($"{name} at the start", Of(block, First, Whole, Second, Part));
            yield return ($"{name} before the first frame", Of(First, block, Whole, Second, Part));
            yield return ($"{name} between frames", Of(First, Whole, block, Second, Part));
            yield return ($"{name} before the second frame", Of(First, Whole, Second, block, Part));
            yield return ($"{name} at the end", Of(First, Whole, Second, Part, block));
            yield return ($"{name} around a loop", Of(block, Loop(3, 1, 3, 0), First, Whole, Second, Part, block));
        }
    }

    private static IEnumerable<(string, byte[])> OddFrames()
    {
        foreach (var (name, frame) in Frames)
        {
            yield return ($"a frame {name} alone", Of(frame));
            yield return ($"a first frame {name}", Of(First, frame, Second, Part));
            yield return ($"a second frame {name}", Of(First, Whole, Second, frame, First, Part));
            yield return ($"a last frame {name}", Of(First, Whole, Second, frame));
        }
    }

    private static IEnumerable<(string, byte[])> OddScreens()
    {
        var disposed = Of(Loop(3, 1, 3, 0), First, Part, Control(8, 9, 0), Whole);

        foreach (var width in new ushort[] { 0, 4, 30 })
        {
            foreach (var height in new ushort[] { 0, 4, 30 })
                yield return ($"a screen of {width} x {height}", Screen(width, height, First, Whole, Second, Image(10, 10, 10, 10)));
        }

        yield return ("no shared colors", SmallGif.WithColors([], Whole, Second, Part));
        yield return ("another background", [.. disposed[..11], 1, 99, .. disposed[13..]]);

        foreach (var version in new[] { "GIF87a", "GIF88a", "GIF89b", "gif89a" })
            yield return ($"the signature {version}", [.. version.Select(letter => (byte)letter), .. disposed[6..]]);
    }

    private static IEnumerable<(string, byte[])> OddFlags()
    {
        for (var disposal = 0; disposal < 8; disposal++)
        {
            var control = Control(disposal << 2 | 1, 10, transparent: 1);
            yield return ($"disposal {disposal}", Of(First, Whole, control, Part, control, Image(5, 1, 4, 9), Second, Image(0, 0, 2, 2)));
            yield return (
                $"disposal {disposal} outside",
                Of(First, Whole, control, Image(20, 1, 4, 9), control, Image(9, 9, 20, 20), Second, Part));
            yield return ($"disposal {disposal} of an empty first frame", Of(control, Rectangle(0, 0, 0, 9, [0x2C]), Second, Part));
        }

        yield return ("reserved flags", Of(Control(0xE6, 10, 7), Whole, Control(0xE3, 20, 1), Part));
        yield return ("a transparent color that no table has", Of(Control(5, 10, 200), Whole, Second, Part));
    }

    private static IEnumerable<(string, byte[])> OddEnds()
    {
        var file = Of(First, Whole, Second, Part, SmallGif.Comment("the end"));

        for (var length = 1; length < 80; length++)
            yield return ($"{length} bytes less", file[..^length]);
    }

    private static byte[] Of(params byte[][] blocks) => Screen(Side, Side, blocks);

    private static byte[] Screen(ushort width, ushort height, params byte[][] blocks) =>
        SmallGif.Of(width, height, [255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 200, 200], blocks);

    private static byte[] Loop(params byte[] blocks) => [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, .. blocks, 0];

    private static byte[] Control(int flags, byte hundredths, byte transparent) =>
        [0x21, 0xF9, 4, (byte)flags, hundredths, 0, transparent, 0];

    private static byte[] Image(ushort left, ushort top, ushort width, ushort height) =>
        Rectangle(left, top, width, height, Pixels(width * height));

    private static byte[] Rectangle(ushort left, ushort top, ushort width, ushort height, byte[] codes) =>
        [.. SmallGif.Descriptor(left, top, width, height), 2, .. SmallGif.Chain(codes)];

    private static byte[] Interlaced(byte[] frame) => [.. frame[..9], 0x40, .. frame[10..]];

    private static byte[] Own(byte[] frame, byte[] colors) => [.. frame[..9], 0x81, .. colors, .. frame[10..]];

    private static byte[] Sized(int codeSize, byte[] codes) =>
        [.. SmallGif.Descriptor(2, 2, 8, 8), (byte)codeSize, .. SmallGif.Chain(codes)];

    private static byte[] OfCodeSize(int size) =>
        Sized(size, LzwWriter.Encode([.. Noise(64).Select(color => (byte)(size < 2 ? color & 1 : color))], Math.Max(size, 1)));

    private static byte[] Pixels(int count, bool hasEnd = true) =>
        LzwWriter.Encode([.. Noise(count).Select(color => (byte)color)], hasEnd: hasEnd);

    private static IEnumerable<int> Noise(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(4))];
    }
}
