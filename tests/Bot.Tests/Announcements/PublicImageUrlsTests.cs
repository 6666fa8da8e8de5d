using GameImages.Domain.Images;
using GameImages.Hosting;

namespace GameImages.Bot.Tests.Announcements;

public sealed class PublicImageUrlsTests
{
    private static readonly Guid Id = new("7f0e1de4-3c1b-4f2c-9a0e-0123456789ab");

    [TestCase("https://games.example", "https://games.example")]
    [TestCase("https://games.example/", "https://games.example")]
    [TestCase("http://games.example:8080/nights/", "http://games.example:8080/nights")]
    [TestCase("https://games.example/nights?a=b#c", "https://games.example/nights")]
    public void The_base_URL_may_have_a_path(string publicBaseUrl, string before) =>
        Assert.That(
            new PublicImageUrls(new(publicBaseUrl)).Of(Id, ImageFormat.Jpeg),
            Is.EqualTo($"{before}/api/v1/public/images/{Id}.jpg"));
}
