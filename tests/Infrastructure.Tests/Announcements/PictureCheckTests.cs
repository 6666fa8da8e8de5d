using System.Net;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Announcements;
using GameImages.Infrastructure.Server;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Announcements;

/// <summary>Checks of cases that a real connection could not produce without a long wait.</summary>
public sealed class PictureCheckTests
{
    [TestCase(1000, Health.Ok)]
    [TestCase(1001, Health.Warning)]
    [TestCase(5000, Health.Warning)]
    [TestCase(5001, Health.Problem)]
    public void A_late_first_byte_is_reported(int milliseconds, Health expected) =>
        Assert.That(HealthOf(Pictures.Png(1), TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(expected));

    [TestCase(5_200_000, Health.Ok)]
    [TestCase(5_300_000, Health.Warning)]
    [TestCase(10_600_000, Health.Problem)]
    public void An_image_with_more_bytes_than_Discord_accepts_is_reported(int byteLength, Health expected) =>
        Assert.That(HealthOf(Pictures.Png(1, byteLength)), Is.EqualTo(expected));

    [TestCase(4096, Health.Ok)]
    [TestCase(4097, Health.Problem)]
    public void An_image_that_is_wider_than_Discord_shows_is_reported(int width, Health expected)
    {
        // Schema version 1 had no limits, so it can have stored such an image.
        var gif = Pictures.Gif(1);
        gif[6] = (byte)width;
        gif[7] = (byte)(width >> 8);
        Assert.That(HealthOf(gif), Is.EqualTo(expected));
    }

    private static Health HealthOf(byte[] bytes, TimeSpan firstByte = default)
    {
        var format = ImageFormat.Recognize(bytes)!;
        var picture = new AnnouncedPicture("banner", Guid.NewGuid(), format, ContentHash.Of(bytes), bytes.Length, QuarantinedAt: null);
        var answer = new PictureAnswer(
            HttpStatusCode.OK, format.MimeType, Location: null, Limit: 60, RetryAfter: null, bytes, firstByte, firstByte);
        return new PictureCheck(picture, "https://games.example/banner").Judge(answer).Single().Health;
    }
}
