using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

internal static class JpegSample
{
    private static readonly byte[] Comment = SmallJpeg.Segment(0xFE, [.. "a comment"u8]);
    private static readonly byte[] Xmp = SmallJpeg.Segment(
        0xE1,
        [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]);
    private static readonly byte[] Iptc = SmallJpeg.Segment(
        0xED,
        [.. "Photoshop 3.0\08BIM"u8, 4, 4, 0, 0, 0, 0, 0, 9, 0x1C, 2, 120, 0, 4, .. "Dune"u8, 0]);
    private static readonly byte[] NoTransform = SmallJpeg.Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
    private static readonly byte[] Density = SmallJpeg.Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 144, 0, 0]);

    public static async Task<ImageSample> PaintAsync(BrowserImages images)
    {
        var bare = await PaintBareAsync(images);
        var plain = With(bare, SmallJpeg.Density);
        var profile = ColorProfile.Of();

        return new(
            ImageFormat.Jpeg,
            plain,
            [
                new("comments, XMP and IPTC", With(plain, Comment, Xmp, Iptc, Comment), IsSeen: false),
                new("another density", With(bare, Density), IsSeen: false),
                new("no color transform", With(bare, NoTransform, Comment), IsSeen: true),
                new(
                    "a color profile in two parts",
                    With(plain, Xmp, ProfilePart(2, profile[200..]), Comment, ProfilePart(1, profile[..200])),
                    IsSeen: true),
                new("a color profile that lacks a part", With(plain, ProfilePart(2, profile)), IsSeen: false),
                .. Enumerable
                    .Range(1, 8)
                    .Select(orientation => new DecoratedImage(
                        $"orientation {orientation} of a camera",
                        With(plain, SmallJpeg.Exif(Tiff.Of(orientation)), Xmp, Comment),
                        IsSeen: orientation != 1)),
            ]);
    }

    public static async Task<JpegLayout> PaintLayoutAsync(BrowserImages images) =>
        JpegLayout.Of("one scan", await PaintBareAsync(images));

    public static byte[] With(byte[] plain, params byte[][] segments) =>
        [.. plain[..2], .. segments.SelectMany(segment => segment), .. plain[2..]];

    // The browser writes a JFIF segment, which would override Adobe's color transform, and the sRGB profile, which leaves no room for
    // another one. Both are removed.
    private static async Task<byte[]> PaintBareAsync(BrowserImages images)
    {
        var painted = await images.PaintAsync(ImageFormat.Jpeg);
        return [.. SmallJpeg.Start, .. painted[painted.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDB])..]];
    }

    private static byte[] ProfilePart(byte number, byte[] part) => SmallJpeg.Segment(0xE2, [.. "ICC_PROFILE\0"u8, number, 2, .. part]);
}
