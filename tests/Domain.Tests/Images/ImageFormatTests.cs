using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class ImageFormatTests
{
    [TestCase("89504E470D0A1A0A", "image/png")]
    [TestCase("FFD8FFE0", "image/jpeg")]
    [TestCase("474946383761", "image/gif")]
    [TestCase("474946383961", "image/gif")]
    [TestCase("524946460000000057454250", "image/webp")]
    public void The_first_bytes_state_the_format(string start, string mimeType) =>
        Assert.That(ImageFormat.Recognize(Convert.FromHexString(start))?.MimeType, Is.EqualTo(mimeType));

    [TestCase("")]
    [TestCase("89504E47")]
    [TestCase("FFD8")]
    [TestCase("474946383861")]
    [TestCase("524946460000000057415645")]
    [TestCase("3C737667")]
    [TestCase("3C68746D6C3E")]
    [TestCase("255044462D")]
    [TestCase("504B0304")]
    public void Other_bytes_have_no_format(string start) => Assert.That(ImageFormat.Recognize(Convert.FromHexString(start)), Is.Null);

    [TestCase("image/svg+xml")]
    [TestCase("IMAGE/PNG")]
    [TestCase("")]
    public void Another_MIME_type_has_no_format(string mimeType) =>
        Assert.That(
            () => ImageFormat.FromMimeType(mimeType), Throws.TypeOf<BrokenRuleException>().With.Property("Subject").EqualTo("Image"));

    // These are headers only. The bytes after a header do not matter for the size.
    [TestCase("89504E470D0A1A0A0000000D494844520000012C000001C8", 300, 456)]
    [TestCase("89504E470D0A1A0A0000000D494844527FFFFFFF00000001", int.MaxValue, 1)]
    [TestCase("89504E470D0A1A0A0000000D49484452FFFFFFFF00000001", null, null)]
    [TestCase("89504E470D0A1A0A0000000D494844520000000000000001", null, null)]
    [TestCase("4749463839612C01C801000000", 300, 456)]
    [TestCase("FFD8FFE000104A46494600010100000100010000FFFFC2001108012301F403012200021101031101", 500, 291)]
    [TestCase("FFD8FFE00002FFD0FF01FFFFC400040001FFC0000B080001FFFF01011100", 65535, 1)]
    [TestCase("FFD8FFDA0002FFC0000B08000100020101110000", null, null)]
    [TestCase("FFD8FFC0000B0800000002010111000000000000", null, null)]
    [TestCase("5249464600000000574542505650385800000000000000007B0000C80100", 124, 457)]
    [TestCase("5249464600000000574542505650384C000000002F7BC871100000000000", 2172, 456)]
    [TestCase("5249464600000000574542505650384C000000002F7BC87110", 2172, 456)]
    [TestCase("52494646000000005745425056503820000000000000009D012A7B40C801", 123, 456)]
    [TestCase("474946383961", null, null)]
    public void The_header_states_the_size(string header, int? width, int? height)
    {
        var bytes = Convert.FromHexString(header);
        var size = ImageFormat.Recognize(bytes)!.ReadSize(bytes);

        Assert.Multiple(() =>
        {
            Assert.That(size?.Width, Is.EqualTo(width));
            Assert.That(size?.Height, Is.EqualTo(height));
        });
    }
}
