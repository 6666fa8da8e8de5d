using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

public sealed class GameImagesTests : UseCaseTests
{
    [Test]
    public async Task A_game_with_one_image_has_one_reference()
    {
        var game = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(10));

        Assert.That(game.BannerImageId, Is.Null);
        Assert.That(await CountAsync(game.ThumbnailId), Is.EqualTo(1));
    }

    [Test]
    public async Task A_game_with_two_images_has_a_reference_to_each()
    {
        var game = await UseCases.CreateGameAsync(Pictures.Content(11), Pictures.Content(12));

        Assert.That(game.BannerImageId, Is.Not.EqualTo(game.ThumbnailId));
        Assert.That(await CountAsync(game.ThumbnailId), Is.EqualTo(1));
        Assert.That(await CountAsync(game.BannerImageId), Is.EqualTo(1));
    }

    [Test]
    public async Task One_image_as_thumbnail_and_banner_counts_two_references()
    {
        var game = await UseCases.CreateGameAsync(Pictures.Content(13), Pictures.Content(13));

        Assert.That(game.BannerImageId, Is.EqualTo(game.ThumbnailId));
        Assert.That(await CountAsync(game.ThumbnailId), Is.EqualTo(2));

        await UseCases.SendAsync(new UpdateGameImages(game.Id, new((ImageContent?)null, default)));
        Assert.That(await CountAsync(game.BannerImageId), Is.EqualTo(1));
    }

    [Test]
    public async Task A_replaced_image_is_deleted_and_the_other_one_stays()
    {
        var before = await UseCases.CreateGameAsync(Pictures.Content(14), Pictures.Content(15));
        var after = await UseCases.SendAsync(new UpdateGameImages(before.Id, new(Pictures.Content(16), default)));

        Assert.Multiple(() =>
        {
            Assert.That(after.ThumbnailId, Is.Not.EqualTo(before.ThumbnailId));
            Assert.That(after.BannerImageId, Is.EqualTo(before.BannerImageId));
        });
        Assert.That(await CountAsync(before.ThumbnailId), Is.Null);
        Assert.That(await CountAsync(after.ThumbnailId), Is.EqualTo(1));
        Assert.That(await CountAsync(after.BannerImageId), Is.EqualTo(1));
    }

    [Test]
    public async Task Setting_the_same_image_again_keeps_its_row_and_its_id()
    {
        var before = await UseCases.CreateGameAsync(Pictures.Content(17));
        var created = await Database.SingleAsync<string>(
            "SELECT ctid::text || xmin::text FROM game_images WHERE id = @id",
            new { id = before.ThumbnailId });
        var after = await UseCases.SendAsync(new UpdateGameImages(before.Id, new(Pictures.Content(17), default)));

        Assert.That(after.ThumbnailId, Is.EqualTo(before.ThumbnailId));
        Assert.That(await CountAsync(after.ThumbnailId), Is.EqualTo(1));
        Assert.That(
            await Database.SingleAsync<string>(
                "SELECT ctid::text || xmin::text FROM game_images WHERE id = @id",
                new { id = after.ThumbnailId }),
            Is.EqualTo(created));
    }

    [Test]
    public async Task Images_that_swap_places_keep_their_ids()
    {
        var before = await UseCases.CreateGameAsync(Pictures.Content(18), Pictures.Content(19));
        var after = await UseCases.SendAsync(new UpdateGameImages(before.Id, new(Pictures.Content(19), Pictures.Content(18))));

        Assert.That(after.ThumbnailId, Is.EqualTo(before.BannerImageId));
        Assert.That(after.BannerImageId, Is.EqualTo(before.ThumbnailId));
        Assert.That(await CountAsync(after.ThumbnailId), Is.EqualTo(1));
        Assert.That(await CountAsync(after.BannerImageId), Is.EqualTo(1));
    }

    [Test]
    public async Task A_removed_image_is_deleted()
    {
        var game = await UseCases.CreateGameAsync(banner: Pictures.Content(20));
        var after = await UseCases.SendAsync(new UpdateGameImages(game.Id, new(default, (ImageContent?)null)));

        Assert.That(after.BannerImageId, Is.Null);
        Assert.That(await CountAsync(game.BannerImageId), Is.Null);
    }

    [Test]
    public async Task Removing_a_missing_banner_changes_nothing()
    {
        var game = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(21));
        await UseCases.SendAsync(new UpdateGameImages(game.Id, new(default, (ImageContent?)null)));

        Assert.That(await CountAsync(game.ThumbnailId), Is.EqualTo(1));
    }

    [Test]
    public async Task Deleting_the_last_game_deletes_a_shared_image()
    {
        var first = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(22));
        var second = await UseCases.CreateGameAsync(banner: Pictures.Content(22));
        Assert.That(second.BannerImageId, Is.EqualTo(first.ThumbnailId));
        Assert.That(await CountAsync(first.ThumbnailId), Is.EqualTo(2));

        await UseCases.SendAsync(new DeleteGame(first.Id));
        Assert.That(await CountAsync(first.ThumbnailId), Is.EqualTo(1));

        await UseCases.SendAsync(new DeleteGame(second.Id));
        Assert.That(await CountAsync(first.ThumbnailId), Is.Null);
    }

    [Test]
    public async Task The_references_of_a_clone_are_counted_and_outlive_the_original()
    {
        var original = await UseCases.CreateGameAsync(Pictures.Content(23), Pictures.Content(23));
        var copy = await UseCases.SendAsync(new CloneGame(original.Id));
        Assert.That(copy.ThumbnailId, Is.EqualTo(original.ThumbnailId));
        Assert.That(copy.BannerImageId, Is.EqualTo(original.BannerImageId));
        Assert.That(await CountAsync(copy.ThumbnailId), Is.EqualTo(4));

        await UseCases.SendAsync(new DeleteGame(original.Id));
        Assert.That(await CountAsync(copy.ThumbnailId), Is.EqualTo(2));
    }

    [Test]
    public async Task Concurrent_deletions_of_a_game_release_its_references_once()
    {
        for (var round = 0; round < 30; round++)
        {
            var game = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(24));
            var other = await UseCases.CreateGameAsync(thumbnail: Pictures.Content(24));
            var deletions = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                try
                {
                    await UseCases.SendAsync(new DeleteGame(game.Id));
                    return 1;
                }
                catch (NotFoundException)
                {
                    return 0;
                }
            })));

            Assert.That(deletions.Sum(), Is.EqualTo(1));
            Assert.That(await CountAsync(other.ThumbnailId), Is.EqualTo(1));
            await UseCases.SendAsync(new DeleteGame(other.Id));
        }
    }
}
