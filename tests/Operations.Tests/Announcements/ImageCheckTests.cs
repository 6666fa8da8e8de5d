using System.Net;
using GameImages.Domain.Images;
using GameImages.Operations.Announcements;
using GameImages.Testing;

namespace GameImages.Operations.Tests.Announcements;

/// <summary>Checks of responses that a test over a real connection would have to wait for.</summary>
public sealed class ImageCheckTests
{
    [TestCase(1000, Health.Ok)]
    [TestCase(1001, Health.Warning)]
    [TestCase(5000, Health.Warning)]
    [TestCase(5001, Health.Problem)]
    public void A_late_first_byte_is_found(int milliseconds, Health expected) =>
        Assert.That(HealthOf(Pictures.Png(1), TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(expected));

    [TestCase(5_200_000, Health.Ok)]
    [TestCase(5_300_000, Health.Warning)]
    [TestCase(10_600_000, Health.Problem)]
    public void An_image_with_more_bytes_than_Discord_accepts_is_found(int byteLength, Health expected) =>
        Assert.That(HealthOf(Pictures.Png(1, byteLength)), Is.EqualTo(expected));

    [TestCase(4096, Health.Ok)]
    [TestCase(4097, Health.Problem)]
    public void An_image_that_is_wider_than_Discord_shows_is_found(int width, Health expected)
    {
        // Version 1 stored images of any size.
        var gif = Pictures.Gif(1);
        gif[6] = (byte)width;
        gif[7] = (byte)(width >> 8);
        Assert.That(HealthOf(gif), Is.EqualTo(expected));
    }

    private static Health HealthOf(byte[] bytes, TimeSpan firstByte = default)
    {
        var format = ImageFormat.Recognize(bytes)!;
        var image = new AnnouncedImage("banner", Guid.NewGuid(), format, ContentHash.Of(bytes), bytes.Length, QuarantinedAt: null);
        var response = new ImageResponse(
            HttpStatusCode.OK, format.MimeType, Location: null, Limit: 60, RetryAfter: null, bytes, firstByte, firstByte);
        return new ImageCheck(image, "https://games.example/banner").Check(response).Single().Health;
    }
}
