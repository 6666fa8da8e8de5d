using System.Buffers.Binary;
using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

internal static class PngSample
{
    private const int HeaderEnd = 8 + 25;

    private static readonly byte[] Text = SmallPng.Chunk("tEXt", [.. "Comment\0Dune: Imperium"u8]);
    private static readonly byte[] Compressed = SmallPng.Chunk(
        "zTXt",
        [.. "Comment\0\0"u8, .. SmallPng.Compress([.. "Dune: Imperium"u8])]);
    private static readonly byte[] Xmp = SmallPng.Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]);
    private static readonly byte[] Time = SmallPng.Chunk("tIME", [0x07, 0xEA, 2, 7, 19, 30, 0]);
    private static readonly byte[] Dark = SmallPng.Chunk("gAMA", SmallPng.BigEndian(100_000));
    private static readonly byte[] StandardRgb = SmallPng.Chunk("sRGB", [0]);
    private static readonly byte[] Profile = SmallPng.Chunk("iCCP", [.. "Red is green\0\0"u8, .. SmallPng.Compress(ColorProfile.Of())]);
    private static readonly byte[] Unknown = SmallPng.Chunk("gaMe", [1, 2, 3]);

    // The chromaticities of sRGB, with red and green exchanged.
    private static readonly byte[] Chromaticities =
        SmallPng.Chunk("cHRM", [.. new uint[] { 31270, 32900, 30000, 60000, 64000, 33000, 15000, 6000 }.SelectMany(SmallPng.BigEndian)]);

    private static readonly byte[] Gamma = SmallPng.Chunk("gAMA", SmallPng.BigEndian(45455));

    public static async Task<ImageSample> PaintAsync(BrowserImages images)
    {
        var plain = await images.PaintAsync(ImageFormat.Png);
        var other = await images.PaintAsync(ImageFormat.Png, seed: 2);

        return new(
            ImageFormat.Png,
            plain,
            [
                new("texts, XMP, a time and a chunk of its own", With(plain, Text, Compressed, Xmp, Time, Unknown), IsSeen: false),
                new("sRGB", With(plain, Text, StandardRgb), IsSeen: false),
                new("a gamma", With(plain, Text, Dark, Xmp), IsSeen: true),
                new("chromaticities", With(plain, Gamma, Chromaticities, Text), IsSeen: true),
                new("a color profile", With(plain, Text, Profile), IsSeen: true),
                new("an animation", Animate(plain, other), IsSeen: true),
                .. Enumerable
                    .Range(1, 8)
                    .Select(orientation => new DecoratedImage(
                        $"orientation {orientation} of a camera",
                        With(plain, SmallPng.Chunk("eXIf", Tiff.Of(orientation)), Text),
                        IsSeen: orientation != 1)),
            ]);
    }

    public static byte[] With(byte[] plain, params byte[][] chunks) =>
        [.. plain[..HeaderEnd], .. chunks.SelectMany(chunk => chunk), .. plain[HeaderEnd..]];

    private static byte[] Animate(byte[] first, byte[] second) =>
        [
            .. first[..HeaderEnd],
            .. SmallPng.AnimationControl(2),
            .. Text,
            .. SmallPng.FrameControl(0, BrowserImages.Width, BrowserImages.Height),
            .. SmallPng.Chunk("IDAT", Data(first)),
            .. Xmp,
            .. SmallPng.FrameControl(1, BrowserImages.Width, BrowserImages.Height),
            .. SmallPng.Chunk("fdAT", [.. SmallPng.BigEndian(2), .. Data(second)]),
            .. Time,
            .. SmallPng.End,
        ];

    private static byte[] Data(byte[] png)
    {
        var data = new List<byte>();

        for (var at = HeaderEnd; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));

            if (png.AsSpan(at + 4).StartsWith("IDAT"u8))
                data.AddRange(png[(at + 8)..(at + 8 + length)]);

            at += 12 + length;
        }

        return [.. data];
    }
}
