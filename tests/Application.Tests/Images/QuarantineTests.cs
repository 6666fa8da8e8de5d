using Dapper;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

/// <summary>A picture whose bytes were found damaged is kept and counted, but not served, until somebody uploads it again.</summary>
public sealed class QuarantineTests : UseCaseTests
{
    private static int pictures;

    private ImageContent content = null!;
    private GameResponse game = null!;
    private Guid id;

    [SetUp]
    public async Task Put_a_picture_in_quarantine()
    {
        content = ImageContent.Read(Pictures.Png(++pictures, byteLength: 100_000), new());
        game = await UseCases.CreateGameAsync(content);
        id = game.ThumbnailId!.Value;
        await Database.ExecuteAsync("UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 500), width = 1, quarantined_at = now() WHERE id = @id", new { id });
    }

    [Test]
    public void It_is_not_found() =>
        Assert.That(() => UseCases.SendAsync(new GetPublicImage(id)), Throws.TypeOf<NotFoundException>());

    [Test]
    public async Task One_that_gets_there_while_it_is_read_ends_the_reading_with_an_error()
    {
        await UseCases.SendAsync(new StoreImage(content));
        var image = await UseCases.SendAsync(new GetPublicImage(id));
        await image.ReadAsync(0, 1000, default);
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now() WHERE id = @id", new { id });

        Assert.That(async () => await image.ReadAsync(1000, 1000, default), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task The_same_picture_stored_again_heals_it_under_its_id()
    {
        Assert.That(await UseCases.SendAsync(new StoreImage(content)), Is.EqualTo(id));

        var healed = await UseCases.SendAsync(new GetPublicImage(id));
        Assert.That((await healed.ReadAsync(50_000, 1000, default)).ToArray(), Is.EqualTo(content.Bytes[50_000..51_000].ToArray()));
        Assert.That(
            await Database.SingleAsync<(int, int, DateTime?)>(
                "SELECT reference_count, width, quarantined_at FROM game_images WHERE id = @id",
                new { id }),
            Is.EqualTo((2, content.Size.Width, (DateTime?)null)));
    }

    [Test]
    public async Task Set_again_by_its_only_game_it_is_healed_and_still_counts_one()
    {
        var changed = await UseCases.SendAsync(new UpdateGameImages(game.Id, new(content, default)));

        Assert.That((changed.ThumbnailId, await CountAsync(id)), Is.EqualTo((id, 1)));
        Assert.That((await UseCases.SendAsync(new GetPublicImage(id))).ByteLength, Is.EqualTo(content.Bytes.Length));
    }

    [Test]
    public async Task Sharing_and_releasing_it_counts_and_leaves_it_there()
    {
        var copy = await UseCases.SendAsync(new CloneGame(game.Id));
        Assert.That(await CountAsync(id), Is.EqualTo(2));

        await UseCases.SendAsync(new DeleteGame(game.Id));
        Assert.That(
            await Database.SingleAsync<(int, bool)>(
                "SELECT reference_count, quarantined_at IS NOT NULL FROM game_images WHERE id = @id",
                new { id }),
            Is.EqualTo((1, true)));

        await UseCases.SendAsync(new DeleteGame(copy.Id));
        Assert.That(await CountAsync(id), Is.Null);
    }

    [Test]
    public async Task A_picture_whose_type_is_corrected_while_a_game_waits_for_it_is_still_released()
    {
        await CorrectTypeDuringAsync("image/jpeg", "image/png", () => UseCases.SendAsync(new DeleteGame(game.Id)));

        Assert.That(await CountAsync(id), Is.Null);
    }

    [Test]
    public async Task A_picture_whose_type_is_corrected_while_its_game_sets_it_again_counts_one()
    {
        await CorrectTypeDuringAsync("image/jpeg", "image/png", () =>
            UseCases.SendAsync(new UpdateGameImages(game.Id, new(content, default))));

        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    // What a repair does while a use case that has read the row's key waits for its lock.
    private async Task CorrectTypeDuringAsync<T>(string wrong, string right, Func<Task<T>> useCase)
    {
        await Database.ExecuteAsync("UPDATE game_images SET mime_type = @wrong WHERE id = @id", new { id, wrong });
        await using var repair = await Database.OpenAsync();
        await using var transaction = await repair.BeginTransactionAsync();
        await repair.ExecuteAsync("UPDATE game_images SET mime_type = @right WHERE id = @id", new { id, right });

        var waiting = Task.Run(useCase);
        await Database.WaitForWaitersAsync();
        await transaction.CommitAsync();
        await waiting;
    }
}
