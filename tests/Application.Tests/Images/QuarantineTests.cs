using Dapper;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

/// <summary>An image with damaged bytes stays stored and counted. The service does not serve it until a client uploads it again.</summary>
public sealed class QuarantineTests : UseCaseTests
{
    private static int images;

    private ImageContent content = null!;
    private GameResponse game = null!;
    private Guid id;

    [SetUp]
    public async Task Quarantine_an_image()
    {
        content = ImageContent.Read(Pictures.Png(++images, byteLength: 100_000), new());
        game = await UseCases.CreateGameAsync(content);
        id = game.ThumbnailId!.Value;
        await Database.ExecuteAsync(
            """
            UPDATE game_images SET image_data = overlay(image_data PLACING '\x00' FROM 500), width = 1, quarantined_at = now()
            WHERE id = @id
            """,
            new { id });
    }

    [Test]
    public void A_quarantined_image_is_not_found() =>
        Assert.That(() => UseCases.SendAsync(new GetPublicImage(new(id))), Throws.TypeOf<NotFoundException>());

    [Test]
    public async Task Quarantine_during_a_read_makes_the_next_read_fail()
    {
        await UseCases.SendAsync(new StoreImage(content));
        var image = await UseCases.SendAsync(new GetPublicImage(new(id)));
        await image.ReadAsync(0, 1000, default);
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now() WHERE id = @id", new { id });

        Assert.That(async () => await image.ReadAsync(1000, 1000, default), Throws.TypeOf<NotFoundException>());
    }

    [Test]
    public async Task Storing_the_same_image_again_repairs_it_under_its_id()
    {
        Assert.That(await UseCases.SendAsync(new StoreImage(content)), Is.EqualTo(id));

        var repaired = await UseCases.SendAsync(new GetPublicImage(new(id)));
        Assert.That((await repaired.ReadAsync(50_000, 1000, default)).ToArray(), Is.EqualTo(content.Bytes[50_000..51_000].ToArray()));
        var (count, width, quarantinedAt) = await Database.SingleAsync<(int, int, DateTime?)>(
            "SELECT reference_count, width, quarantined_at FROM game_images WHERE id = @id", new { id });
        Assert.Multiple(() =>
        {
            Assert.That(count, Is.EqualTo(2));
            Assert.That(width, Is.EqualTo(content.Size.Width));
            Assert.That(quarantinedAt, Is.Null);
        });
    }

    [Test]
    public async Task Setting_the_image_of_its_only_game_again_repairs_it_and_keeps_its_count()
    {
        var changed = await UseCases.SendAsync(new UpdateGameImages(game.Id, new(content, default)));

        Assert.That(changed.ThumbnailId, Is.EqualTo(id));
        Assert.That(await CountAsync(id), Is.EqualTo(1));
        Assert.That((await UseCases.SendAsync(new GetPublicImage(new(id)))).ByteLength, Is.EqualTo(content.Bytes.Length));
    }

    [Test]
    public async Task Cloning_and_deleting_games_counts_references_and_keeps_the_quarantine()
    {
        var copy = await UseCases.SendAsync(new CloneGame(game.Id));
        Assert.That(await CountAsync(id), Is.EqualTo(2));

        await UseCases.SendAsync(new DeleteGame(game.Id));
        Assert.That(await CountAsync(id), Is.EqualTo(1));
        Assert.That(
            await Database.SingleAsync<bool>("SELECT quarantined_at IS NOT NULL FROM game_images WHERE id = @id", new { id }), Is.True);

        await UseCases.SendAsync(new DeleteGame(copy.Id));
        Assert.That(await CountAsync(id), Is.Null);
    }

    [Test]
    public async Task Correcting_the_type_during_a_deletion_still_releases_the_image()
    {
        await CorrectTypeDuringAsync("image/jpeg", "image/png", () => UseCases.SendAsync(new DeleteGame(game.Id)));

        Assert.That(await CountAsync(id), Is.Null);
    }

    [Test]
    public async Task Correcting_the_type_while_a_game_sets_the_image_again_keeps_the_count()
    {
        await CorrectTypeDuringAsync("image/jpeg", "image/png", () =>
            UseCases.SendAsync(new UpdateGameImages(game.Id, new(content, default))));

        Assert.That(await CountAsync(id), Is.EqualTo(1));
    }

    // Does what a repair does: it corrects the type while the use case waits for the row lock. The use case has read the old key already.
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
