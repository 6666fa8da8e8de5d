using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Application.Tests.Images;

public sealed class ImageDataTests : UseCaseTests
{
    private GameResponse game = null!;

    [OneTimeSetUp]
    public async Task Create_a_game_and_forbid_reading_the_bytes_of_its_images()
    {
        game = await UseCases.CreateGameAsync(Pictures.Content(1), Pictures.Content(2));
        await Database.ForbidReadingImageDataAsync();
    }

    [Test]
    public async Task Games_are_read_and_listed_without_reading_the_bytes()
    {
        Assert.That(await UseCases.SendAsync(new GetGame(game.Id)), Is.EqualTo(game));
        Assert.That((await UseCases.SendAsync(new ListGames())).Items, Is.EqualTo(new[] { game }));
    }

    [Test]
    public async Task Images_are_counted_and_deleted_without_reading_the_bytes()
    {
        var copy = await UseCases.SendAsync(new CloneGame(game.Id));
        await UseCases.SendAsync(new UpdateGameImages(copy.Id, new(Pictures.Content(3), Pictures.Content(1))));
        await UseCases.SendAsync(new DeleteGame(copy.Id));

        Assert.That(await CountAsync(game.ThumbnailId), Is.EqualTo(1));
        Assert.That(await CountAsync(game.BannerImageId), Is.EqualTo(1));
    }

    [Test]
    public async Task The_bytes_of_an_image_are_read_only_on_request()
    {
        var image = await UseCases.SendAsync(new GetPublicImage(new(game.ThumbnailId!.Value)));

        Assert.That(image.ByteLength, Is.EqualTo(Pictures.Png(1).Length));
        Assert.That(async () => await image.ReadAsync(0, 1, default), Throws.TypeOf<PostgresException>());
    }
}
