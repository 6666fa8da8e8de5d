using GameImages.Domain.Images;
using GameImages.Testing.Images;

namespace GameImages.Browser.Tests.Images;

internal static class GifSample
{
    private static readonly byte[] Comment = SmallGif.Comment("a comment");
    private static readonly byte[] Xmp = [0x21, 0xFF, 11, .. "XMP DataXMP"u8, 12, .. "<x:xmpmeta/>"u8, 0];
    private static readonly byte[] Screen = SmallGif.ScreenOf(BrowserImages.Width, BrowserImages.Height);
    private static readonly byte[] Whole = SmallGif.FrameOf(0, 0, BrowserImages.Width, BrowserImages.Height);
    private static readonly byte[] Part = SmallGif.FrameOf(11, 5, 9, 7);

    public static ImageSample Paint()
    {
        var plain = Of(Whole);
        return new(
            ImageFormat.Gif,
            plain,
            [
                new("comments and XMP", [.. Of(Comment, Whole, Xmp, Comment), .. "a trailing comment"u8], IsSeen: false),
                new("transparency", Of(Comment, Control(0, 0x01), Xmp, Whole), IsSeen: true),
                new("an animation that runs once", Of(Control(10, 0x04), Whole, Comment, Control(20, 0x09), Part), IsSeen: true),
                new(
                    "an animation that runs forever",
                    Of(SmallGif.Loop, Xmp, Control(10, 0x04), Whole, Control(30, 0x0C), Part, Comment, Whole),
                    IsSeen: true),
            ]);
    }

    /// <param name="hundredths">The duration of the frame in hundredths of a second.</param>
    private static byte[] Control(byte hundredths, byte flags) => [0x21, 0xF9, 4, flags, hundredths, 0, 1, 0];

    private static byte[] Of(params byte[][] blocks) => [.. Screen, .. blocks.SelectMany(block => block), .. SmallGif.Trailer];
}
