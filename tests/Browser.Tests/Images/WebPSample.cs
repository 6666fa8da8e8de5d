using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

internal static class WebPSample
{
    private const byte AllFlags = SmallWebP.ProfileFlag | SmallWebP.AlphaFlag | SmallWebP.ExifFlag | SmallWebP.XmpFlag;

    private static readonly byte[] Xmp = SmallWebP.Chunk("XMP ", [.. "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"u8]);
    private static readonly byte[] Unknown = SmallWebP.Chunk("GAME", [1, 2, 3]);
    private static readonly byte[] Profile = SmallWebP.Chunk("ICCP", ColorProfile.Of());

    /// <param name="quality">As for <see cref="BrowserImages.PaintAsync"/>.</param>
    public static async Task<ImageSample> PaintAsync(BrowserImages images, double quality)
    {
        var first = Image(await images.PaintAsync(ImageFormat.WebP, quality));
        var second = Image(await images.PaintAsync(ImageFormat.WebP, quality, seed: 2));

        return new(
            ImageFormat.WebP,
            Of(SmallWebP.AlphaFlag, first),
            [
                new(
                    "XMP, EXIF and a chunk of its own",
                    Of(AllFlags & ~SmallWebP.ProfileFlag, Unknown, first, Exif(1), Xmp, Unknown),
                    IsSeen: false),
                new("a color profile", Of(AllFlags, Profile, first, Exif(1), Xmp), IsSeen: true),
                new("an animation", Animation(Frame(first), Unknown, Frame(second), Frame(first), Exif(1), Xmp), IsSeen: true),
                // Chromium ignores the orientation of a WebP image.
                .. Enumerable
                    .Range(1, 8)
                    .Select(orientation => new DecoratedImage(
                        $"orientation {orientation} of a camera",
                        Of(AllFlags & ~SmallWebP.ProfileFlag, first, Exif(orientation), Xmp),
                        IsSeen: false)),
            ]);
    }

    private static byte[] Of(int flags, params byte[][] chunks) =>
        SmallWebP.Of([SmallWebP.Extended((byte)flags, BrowserImages.Width, BrowserImages.Height), .. chunks]);

    private static byte[] Animation(params byte[][] chunks) =>
        Of(AllFlags & ~SmallWebP.ProfileFlag | SmallWebP.AnimationFlag, [SmallWebP.Animation, .. chunks]);

    private static byte[] Frame(byte[] image) => SmallWebP.Frame(image, 0, 0, BrowserImages.Width, BrowserImages.Height);

    private static byte[] Exif(int orientation) => SmallWebP.Chunk("EXIF", Tiff.Of(orientation));

    // The chunks ALPH and VP8, or VP8L, are the last ones in a file that the browser made.
    private static byte[] Image(byte[] painted) =>
        painted[Math.Max(painted.AsSpan().IndexOf("ALPH"u8), painted.AsSpan().IndexOf("VP8L"u8))..];
}
