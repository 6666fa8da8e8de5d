using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Infrastructure.Database;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Operations.Tests.Images;

public sealed class ImagePurgeRaceTests : PurgeTests
{
    private const int Rounds = 30;

    [Test]
    public async Task A_block_waits_for_a_first_store_of_the_image_and_purges_it()
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
        await IsDeletedAsync(Purged);
    }

    [Test]
    public async Task A_store_during_the_block_of_an_unknown_image_is_refused()
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
        await IsDeletedAsync(Purged);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_store_during_a_purge_inserts_the_image_again_or_is_refused(bool block)
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
    public async Task A_purge_removes_the_reference_of_a_store_that_came_first(bool block)
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
        await IsDeletedAsync(Purged);
    }

    [Test]
    public async Task A_purge_ends_an_upload_that_was_renewed_first()
    {
        await UseCases.UploadAsync(Purged, UseCases.Guild);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var renewal = UseCases.UploadAsync(Purged, UseCases.Guild);
        await Database.WaitForWaitersAsync();
        var purging = PurgeAsync(Purged, block: true);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();
        await renewal;

        Assert.That((await purging).Uploads, Is.EqualTo(1));
        await IsDeletedAsync(Purged);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_renewal_of_an_upload_during_a_purge_stores_the_image_again_or_is_refused(bool block)
    {
        var upload = await UseCases.UploadAsync(Purged, UseCases.Guild);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var purging = PurgeAsync(Purged, block);
        await Database.WaitForWaitersAsync();
        var renewal = UseCases.UploadAsync(Purged, UseCases.Guild);
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();

        Assert.That((await purging).Uploads, Is.EqualTo(1));
        if (block)
            Assert.That(() => renewal, IsBlocked);
        else
            Assert.That((await renewal).Id, Is.Not.EqualTo(upload.Id));
    }

    [Test]
    public async Task An_upload_that_expires_during_a_purge_is_purged()
    {
        await UseCases.UploadAsync(Purged, UseCases.Guild);
        await Database.ExecuteAsync("UPDATE image_uploads SET expires_at = now()");
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var purging = PurgeAsync(Purged);
        await Database.WaitForWaitersAsync();
        var ending = UseCases.SendAsync(new EndExpiredUploads());
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();

        Assert.That((await purging).Uploads, Is.EqualTo(1));
        Assert.That(await ending, Is.False);
        await IsDeletedAsync(Purged);
    }

    [Test]
    public async Task A_store_waits_until_a_purge_that_has_read_the_references_has_committed()
    {
        // The upload of another member, which the new game does not touch.
        await using var other = new UseCases(Database, new TestCaller(42) { Id = "8" });
        await other.UploadAsync(Purged);
        await using var holder = await Database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("SELECT FROM image_uploads FOR UPDATE", transaction: held);
        var purging = PurgeAsync(Purged);
        await Database.WaitForWaitersAsync();
        var store = UseCases.CreateGameAsync(Purged);
        await Task.WhenAny(store, Database.WaitForWaitersAsync(count: 2));
        await held.CommitAsync();
        await purging;

        Assert.That(
            await UseCases.SendAsync(new GetGame((await store).Id)), Has.Property("ThumbnailId").EqualTo((await store).ThumbnailId));
    }

    [Test]
    public async Task A_second_purge_at_once_finds_nothing_left_to_delete()
    {
        await UseCases.CreateGameAsync(Purged);
        await UseCases.UploadAsync(Purged);
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder);
        var purges = new[] { PurgeAsync(Purged), PurgeAsync(Purged) };
        await Database.WaitForWaitersAsync(count: 2);
        await held.CommitAsync();

        Assert.That(
            (await Task.WhenAll(purges)).Select(purge => (purge.Images.Count, purge.Games, purge.Uploads)),
            Is.EquivalentTo(new[] { (1, 1L, 1L), (0, 0L, 0L) }));
    }

    [Test]
    public async Task A_purge_removes_the_reference_of_a_clone_that_came_first()
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
        await IsDeletedAsync(Purged);
    }

    [Test]
    public async Task A_purge_locks_games_before_images()
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
    public async Task A_purge_is_retried_after_a_deadlock()
    {
        await UseCases.CreateGameAsync(Purged);

        // This session does not look for deadlocks in time, so PostgreSQL rolls back the purge.
        await using var holder = await Database.OpenAsync();
        await using var held = await HoldImagesAsync(holder, "SET LOCAL deadlock_timeout = '1min'");
        var purging = PurgeAsync(Purged, block: true);
        await Database.WaitForWaitersAsync();
        await holder.ExecuteAsync("SELECT FROM game_sessions FOR UPDATE", transaction: held);
        await held.CommitAsync();

        Assert.That((await purging).Games, Is.EqualTo(1));
        await IsDeletedAsync(Purged);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_purge_during_all_other_use_cases_deletes_the_image_and_a_block_prevents_new_ones(bool block)
    {
        // PostgreSQL finds deadlocks sooner, so the test has time for many.
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET deadlock_timeout = '20ms'");
        var seed = Environment.GetEnvironmentVariable("PURGE_SEED") is { Length: > 0 } text ? int.Parse(text) : Random.Shared.Next();
        TestContext.Out.WriteLine($"To repeat this order: PURGE_SEED={seed}");
        var random = new Random(seed);

        for (var round = 0; round < Rounds; round++)
        {
            var content = Pictures.Content(100 + round);
            var known = await UseCases.CreateGameAsync(round % 2 == 0 ? content : null, Other);
            var deleted = (await UseCases.CreateGameAsync(Other, round % 2 == 0 ? content : null)).Id;
            var changed = (await UseCases.CreateGameAsync(Other)).Id;
            var uploaded = (await UseCases.UploadAsync(round % 2 == 0 ? content : Other, UseCases.Guild)).Id;
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
                () => UseCases.UploadAsync(content, UseCases.Guild),
                () => UseCases.UploadAsync(content),
                () => UseCases.SendAsync(new EndUpload(uploaded)),
            ];
            random.Shuffle(actions);
            await Task.WhenAll(actions.Select(action => Task.Run(() => TryAsync(action))));

            Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty, $"in round {round}");
            Assert.That(
                await Database.QueryAsync<Guid>("SELECT id FROM game_images WHERE id = @id", new { id = known.ThumbnailId }),
                Is.Empty,
                $"in round {round}");
            if (block)
                await IsDeletedAsync(content);
        }

        static async Task TryAsync(Func<Task> action)
        {
            try
            {
                await action();
            }
            catch (ImageRefusedException refused) when (refused.Refusal == ImageRefusal.Blocked)
            {
                // The purge came first.
            }
            catch (NotFoundException)
            {
                // The purge has ended the upload already.
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
