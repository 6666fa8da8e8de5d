using System.Net;
using GameImages.Domain.Images;
using GameImages.Operations.Announcements;
using GameImages.Testing;

namespace GameImages.Operations.Tests.Announcements;

/// <summary>What cannot be made to happen over a connection without waiting for it.</summary>
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
    public void A_picture_of_more_bytes_than_Discord_takes_is_found(int byteLength, Health expected) =>
        Assert.That(HealthOf(Pictures.Png(1, byteLength)), Is.EqualTo(expected));

    [TestCase(4096, Health.Ok)]
    [TestCase(4097, Health.Problem)]
    public void A_picture_that_is_wider_than_Discord_shows_is_found(int width, Health expected)
    {
        // Version 1 had stored it, whose pictures had no limits.
        var gif = Pictures.Gif(1);
        (gif[6], gif[7]) = ((byte)width, (byte)(width >> 8));
        Assert.That(HealthOf(gif), Is.EqualTo(expected));
    }

    private static Health HealthOf(byte[] bytes, TimeSpan firstByte = default)
    {
        var format = ImageFormat.Recognize(bytes)!;
        var picture = new AnnouncedImage("banner", Guid.NewGuid(), format, ContentHash.Of(bytes), bytes.Length, QuarantinedAt: null);
        var answer = new ImageResponse(
            HttpStatusCode.OK,
            format.MimeType,
            Location: null,
            Limit: 60,
            RetryAfter: null,
            bytes,
            firstByte,
            firstByte);
        return new ImageCheck(picture, "https://games.example/banner").Check(answer).Single().Health;
    }
}
