using Dapper;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Images;

public sealed class ImagePurgeRaceTests : PurgeTests
{
    private const int Rounds = 30;

    [Test]
    public async Task A_block_waits_for_a_concurrent_first_store_and_purges_its_image_too()
    {
        await UseCases.CreateGameAsync(Other);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var store = UseCases.CreateGameAsync(Purged, Other);
        await Database.WaitForWaitersAsync();
        var purging = PurgeAsync(Purged, block: true);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();

        Assert.That((await purging).Games, Is.EqualTo(1));
        Assert.That(
            await UseCases.SendAsync(new GetGame((await store).Id)),
            Has.Property("ThumbnailId").Null.And.Property("BannerImageId").Not.Null);
        await AssertDeletedAsync(Purged);
    }

    [Test]
    public async Task A_first_store_during_a_block_is_refused()
    {
        await UseCases.CreateGameAsync(Other);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var purging = Purge.RunAsync([Purged.Hash, Other.Hash], block: true, null, CancellationToken.None);
        await Database.WaitForWaitersAsync();
        var store = UseCases.CreateGameAsync(Purged);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();
        await purging;

        Assert.That(() => store, IsBlocked);
        await AssertDeletedAsync(Purged);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_store_during_a_purge_is_refused_or_stores_a_new_image(bool block)
    {
        var game = await UseCases.CreateGameAsync(Purged);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var purging = PurgeAsync(Purged, block);
        await Database.WaitForWaitersAsync();
        var store = UseCases.CreateGameAsync(Purged);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();

        Assert.That((await purging).Images.Single().Id, Is.EqualTo(game.ThumbnailId));
        if (block)
            Assert.That(() => store, IsBlocked);
        else
            Assert.That((await store).ThumbnailId, Is.Not.Null.And.Not.EqualTo(game.ThumbnailId));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_store_just_before_a_purge_loses_its_image_again(bool block)
    {
        await UseCases.CreateGameAsync(Purged);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var store = UseCases.CreateGameAsync(Purged);
        await Database.WaitForWaitersAsync();
        var purging = PurgeAsync(Purged, block);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();
        var before = await store;

        Assert.That((await purging).Games, Is.EqualTo(2));
        Assert.That(
            await UseCases.SendAsync(new GetGame(before.Id)),
            Has.Property("ThumbnailId").Null.And.Property("UpdatedAt").GreaterThan(before.UpdatedAt));
        await AssertDeletedAsync(Purged);
    }

    [Test]
    public async Task A_concurrent_clone_loses_the_image_too()
    {
        var game = await UseCases.CreateGameAsync(Purged);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var clone = UseCases.SendAsync(new CloneGame(game.Id));
        await Database.WaitForWaitersAsync();
        var purging = PurgeAsync(Purged, block: true);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();

        Assert.That((await clone).ThumbnailId, Is.EqualTo(game.ThumbnailId));
        Assert.That((await purging).Games, Is.EqualTo(2));
        await AssertDeletedAsync(Purged);
    }

    [Test]
    public async Task A_purge_that_waits_for_a_game_has_locked_no_image_yet()
    {
        await UseCases.CreateGameAsync(Purged);
        await using var holder = await Database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("SELECT FROM game_sessions FOR UPDATE", transaction: held);
        var purging = PurgeAsync(Purged);
        await Database.WaitForWaitersAsync();
        await holder.ExecuteAsync("SELECT FROM game_images FOR UPDATE NOWAIT", transaction: held);
        await held.CommitAsync();

        Assert.That((await purging).Games, Is.EqualTo(1));
    }

    [Test]
    public async Task A_purge_that_is_the_victim_of_a_deadlock_is_retried_once()
    {
        await UseCases.CreateGameAsync(Purged);

        // This connection waits too long to find the deadlock itself, so PostgreSQL rolls back the purge.
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder, "SET LOCAL deadlock_timeout = '1min'");
        var purging = PurgeAsync(Purged, block: true);
        await Database.WaitForWaitersAsync();
        await holder.ExecuteAsync("SELECT FROM game_sessions FOR UPDATE", transaction: held);
        await held.CommitAsync();

        Assert.That((await purging).Games, Is.EqualTo(1));
        await AssertDeletedAsync(Purged);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task After_any_concurrent_history_a_purged_image_is_deleted_and_a_blocked_one_is_not_stored(bool block)
    {
        // PostgreSQL finds deadlocks sooner with this setting, so the test can have many of them.
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET deadlock_timeout = '20ms'");
        var seed = Environment.GetEnvironmentVariable("PURGE_SEED") is { Length: > 0 } text ? int.Parse(text) : Random.Shared.Next();
        TestContext.Out.WriteLine($"To repeat this order, set PURGE_SEED={seed}");
        var random = new Random(seed);

        for (var round = 0; round < Rounds; round++)
        {
            var content = Pictures.Content(100 + round);
            var known = await UseCases.CreateGameAsync(round % 2 == 0 ? content : null, Other);
            var deleted = (await UseCases.CreateGameAsync(Other, round % 2 == 0 ? content : null)).Id;
            var changed = (await UseCases.CreateGameAsync(Other)).Id;
            Func<Task>[] actions =
            [
                () => PurgeAsync(content, block),
                () => UseCases.CreateGameAsync(content),
                () => UseCases.CreateGameAsync(Other, content),
                () => UseCases.SendAsync(new UpdateGameImages(changed, new(content, default))),
                () => UseCases.SendAsync(new UpdateGameImages(changed, new(default, content))),
                () => UseCases.SendAsync(new UpdateGameImages(changed, new((ImageContent?)null, content))),
                () => UseCases.SendAsync(new CloneGame(known.Id)),
                () => UseCases.SendAsync(new CloneGame(changed)),
                () => UseCases.SendAsync(new DeleteGame(deleted)),
            ];
            random.Shuffle(actions);
            await Task.WhenAll(actions.Select(action => Task.Run(() => TryAsync(action))));

            Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty, $"in round {round}");
            Assert.That(
                await Database.QueryAsync<Guid>("SELECT id FROM game_images WHERE id = @id", new { id = known.ThumbnailId }),
                Is.Empty,
                $"in round {round}");
            if (block)
                await AssertDeletedAsync(content);
        }

        static async Task TryAsync(Func<Task> action)
        {
            try
            {
                await action();
            }
            catch (ImageRefusedException refused) when (refused.Refusal == ImageRefusal.Blocked)
            {
                // The purge committed first.
            }
        }
    }

    private static async Task<NpgsqlTransaction> HoldImagesAsync(NpgsqlConnection holder, string setting = "SELECT")
    {
        var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync($"{setting}; SELECT FROM game_images FOR UPDATE", transaction: held);
        return held;
    }
}
