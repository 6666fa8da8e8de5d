using GameImages.Domain.Images;

namespace GameImages.Domain.Tests.Images;

public sealed class ImageFormatTests
{
    [TestCase("89504E470D0A1A0A", "image/png")]
    [TestCase("FFD8FFE0", "image/jpeg")]
    [TestCase("474946383761", "image/gif")]
    [TestCase("474946383961", "image/gif")]
    [TestCase("524946460000000057454250", "image/webp")]
    public void The_first_bytes_tell_the_format(string start, string mimeType) =>
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
    public void Anything_else_is_none(string start) => Assert.That(ImageFormat.Recognize(Convert.FromHexString(start)), Is.Null);
}
