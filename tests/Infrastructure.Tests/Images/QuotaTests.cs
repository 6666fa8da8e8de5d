using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>Quotas are exact when many requests reach them at once, and a lowered quota deletes nothing.</summary>
public sealed class QuotaTests : DatabaseTests
{
    private const int Requests = 20;
    private const int Allowed = 5;

    private static readonly int Bytes = Pictures.Content(0).Bytes.Length;

    [TearDown]
    public async Task Expect_exact_counts() => Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);

    [Test]
    public Task Images_of_a_guild_are_exact() => ExactAsync(
        new(GuildImages: Allowed), "guild_images", Allowed, Allowed, (member, number) => member.UploadAsync(Pictures.Content(number), 42));

    [Test]
    public Task Bytes_of_a_guild_are_exact() => ExactAsync(
        new(GuildBytes: Allowed * Bytes + 1), "guild_bytes", Allowed * Bytes + 1, Allowed * Bytes,
        (member, number) => member.UploadAsync(Pictures.Content(number), 42));

    [Test]
    public Task Bytes_of_games_and_uploads_of_a_guild_are_exact_together() => ExactAsync(
        new(GuildBytes: Allowed * Bytes), "guild_bytes", Allowed * Bytes, Allowed * Bytes, async (member, number) => number % 2 == 0
            ? (await member.UploadAsync(Pictures.Content(number), 42)).Id
            : (await member.CreateGameAsync(Pictures.Content(number))).Id);

    [Test]
    public Task Games_of_a_guild_are_exact() => ExactAsync(
        new(GuildGames: Allowed), "guild_games", Allowed, Allowed, (member, _) => member.CreateGameAsync(Pictures.Content(1)));

    [Test]
    public Task Unused_uploads_of_a_member_are_exact() => ExactAsync(
        new(UnusedUploads: Allowed), "unused_uploads", Allowed, Allowed, (member, number) => member.UploadAsync(Pictures.Content(number)));

    [Test]
    public async Task An_upload_that_a_game_shows_is_not_unused()
    {
        await using var member = Member(new(UnusedUploads: 1));
        for (var number = 0; number < 3; number++)
        {
            var upload = await member.UploadAsync(Pictures.Content(number));
            await member.SendAsync(UseCases.NewGame() with { ThumbnailId = upload.Id });
        }

        await member.UploadAsync(Pictures.Content(3));
        Assert.That(() => member.UploadAsync(Pictures.Content(4)), Throws.TypeOf<QuotaExceededException>());

        // Renewing one is no addition.
        await member.UploadAsync(Pictures.Content(3));
    }

    [Test]
    public async Task An_upload_is_unused_again_when_no_game_shows_it()
    {
        await using var member = Member(new(UnusedUploads: 1));
        var upload = await member.UploadAsync(Pictures.Content(1));
        var game = await member.SendAsync(UseCases.NewGame() with { ThumbnailId = upload.Id });
        var copy = await member.SendAsync(new CloneGame(game.Id));
        await member.SendAsync(new DeleteGame(game.Id));
        await member.SendAsync(new EndUpload((await member.UploadAsync(Pictures.Content(2))).Id));

        await member.SendAsync(new UpdateGame { Id = copy.Id, RemoveThumbnail = true });
        Assert.That(() => member.UploadAsync(Pictures.Content(2)), Throws.TypeOf<QuotaExceededException>());
    }

    [Test]
    public async Task A_lowered_quota_deletes_nothing_and_refuses_additions_only()
    {
        var games = new List<GameResponse>();
        for (var number = 0; number < 4; number++)
            games.Add(await UseCases.CreateGameAsync(Pictures.Content(number)));
        await UseCases.UploadAsync(Pictures.Content(8), 42);

        await using var member = Member(new(GuildBytes: 2 * Bytes, GuildImages: 2, GuildGames: 2));
        Assert.That(() => member.CreateGameAsync(), Throws.TypeOf<QuotaExceededException>().With.Property("Use").EqualTo(4));
        Assert.That(() => member.SendAsync(new CloneGame(games[0].Id)), Throws.TypeOf<QuotaExceededException>());
        Assert.That(() => member.UploadAsync(Pictures.Content(9), 42), Throws.TypeOf<QuotaExceededException>());
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM game_images"), Is.EqualTo(5));

        // None of these adds anything.
        await member.SendAsync(new UpdateGame { Id = games[0].Id, Title = "Still here", BannerImageId = games[1].ThumbnailId });
        await member.UploadAsync(Pictures.Content(1), 42);
        await member.UploadAsync(Pictures.Content(8), 42);
        await member.SendAsync(new UpdateGame { Id = games[0].Id, RemoveThumbnail = true });
        foreach (var game in games)
            await member.SendAsync(new DeleteGame(game.Id));
        await member.CreateGameAsync(Pictures.Content(8));
    }

    [Test]
    public async Task An_image_can_be_replaced_when_the_quota_is_used_up()
    {
        await using var member = Member(new(GuildBytes: Bytes, GuildImages: 1, GuildGames: 1));
        var game = await member.CreateGameAsync(Pictures.Content(1), Pictures.Content(1));
        await member.SendAsync(new UpdateGameImages(game.Id, new(Pictures.Content(2), Pictures.Content(2))));

        Assert.That(
            () => member.SendAsync(new UpdateGameImages(game.Id, new(Pictures.Content(3), default))),
            Throws.TypeOf<QuotaExceededException>().With.Property("Limit").EqualTo(Bytes).And.Property("Use").EqualTo(Bytes));
    }

    [Test]
    public async Task Two_uploads_that_move_between_two_guilds_in_opposite_directions_do_not_deadlock()
    {
        await using var member = new UseCases(Database, new TestCaller(42, 43));
        var there = (await member.UploadAsync(Pictures.Content(1), 42)).Id;
        var back = (await member.UploadAsync(Pictures.Content(2), 43)).Id;
        await using var gate = await Database.OpenAsync();
        await using var closed = await gate.BeginTransactionAsync();
        await gate.ExecuteAsync("SELECT FROM guild_usage WHERE guild_id = 42 FOR UPDATE", transaction: closed);

        // SQL, because a use case would run again after a deadlock.
        var first = MoveAsync(there, 43);
        await Database.WaitForWaitersAsync();
        var second = MoveAsync(back, 42);
        await Database.WaitForWaitersAsync(2);
        await closed.CommitAsync();
        await Task.WhenAll(first, second);

        Task MoveAsync(Guid image, long guild) =>
            Database.ExecuteAsync("UPDATE image_uploads SET guild_id = @guild WHERE image_id = @image", new { image, guild });
    }

    [Test]
    public async Task A_refused_change_is_not_kept_as_the_answer_of_its_key()
    {
        var key = new IdempotencyKey("key", Pictures.Content(1).Hash);
        await using (var member = Member(new(GuildGames: 0)))
            Assert.That(() => member.SendAsync(UseCases.NewGame() with { Key = key }), Throws.TypeOf<QuotaExceededException>());

        await UseCases.SendAsync(UseCases.NewGame() with { Key = key });
    }

    private UseCases Member(Quotas quotas) => new(Database, Caller, services => services.AddSingleton(quotas));

    // The lock lets every request begin its transaction, but lets none count. It is held until several wait.
    private async Task ExactAsync<T>(Quotas quotas, string quota, long limit, long use, Func<UseCases, int, Task<T>> add)
    {
        await using var member = Member(quotas);
        await using var gate = await Database.OpenAsync();
        await using var closed = await gate.BeginTransactionAsync();
        await gate.ExecuteAsync("LOCK TABLE guild_usage, image_uploads IN SHARE MODE", transaction: closed);
        var requests = Enumerable.Range(0, Requests).Select(number => Task.Run(() => add(member, number))).ToList();
        await Database.WaitForWaitersAsync();
        await closed.CommitAsync();

        var faults = new List<Exception>();
        foreach (var request in requests)
        {
            try
            {
                await request;
            }
            catch (QuotaExceededException fault)
            {
                faults.Add(fault);
            }
        }

        Assert.That(faults, Has.Count.EqualTo(Requests - Allowed));
        Assert.That(faults, Has.All.Property("Quota").EqualTo(quota));
        Assert.That(faults, Has.All.Property("Limit").EqualTo(limit).And.Property("Use").EqualTo(use));
    }
}
