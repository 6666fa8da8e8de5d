using Dapper;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Domain.Images.Formats;
using GameImages.Testing;

namespace GameImages.Application.Tests.Images;

/// <summary>Members upload images, and games show them by their ids. Each upload is one reference to its image until it ends.</summary>
public sealed class UploadTests : DatabaseTests
{
    private static readonly ImageContent Content = Pictures.Content(1);

    [TearDown]
    public async Task Expect_exact_counts() => Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);

    [Test]
    public async Task An_upload_holds_its_image_until_the_member_ends_it()
    {
        var upload = await UseCases.UploadAsync(Content, UseCases.Guild);
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(1));
        Assert.That(upload.ByteLength, Is.EqualTo(Content.Bytes.Length));
        Assert.That(upload.ExpiresAt, Is.EqualTo(DateTime.UtcNow.AddHours(24)).Within(TimeSpan.FromMinutes(5)));

        await UseCases.SendAsync(new EndUpload(upload.Id));
        Assert.That(await CountAsync(upload.Id), Is.Null);
        Assert.That(() => UseCases.SendAsync(new EndUpload(upload.Id)), Throws.TypeOf<NotFoundException>());
        Assert.That(await UseAsync(), Is.EqualTo(new GuildUse(0, 0, 0)));
    }

    [Test]
    public async Task Uploading_an_image_again_renews_the_upload_and_counts_nothing()
    {
        var first = await UseCases.UploadAsync(Content);
        await Database.ExecuteAsync("UPDATE image_uploads SET expires_at = now() - interval '1 minute'");
        var second = await UseCases.UploadAsync(Content, UseCases.Guild);

        Assert.That(second.Id, Is.EqualTo(first.Id));
        Assert.That(second.ExpiresAt, Is.GreaterThanOrEqualTo(first.ExpiresAt));
        Assert.That(await CountAsync(first.Id), Is.EqualTo(1));
        Assert.That(await UseAsync(), Is.EqualTo(new GuildUse(0, 1, Content.Bytes.Length)));

        // Without a guild, the upload stays with its guild.
        await UseCases.UploadAsync(Content);
        Assert.That((await UseAsync()).Images, Is.EqualTo(1));
    }

    [Test]
    public async Task One_upload_serves_many_games_and_everything_is_gone_at_the_end()
    {
        var upload = await UseCases.UploadAsync(Content, UseCases.Guild);
        var games = new List<GameResponse>();
        for (var number = 0; number < 3; number++)
            games.Add(await ShowAsync(upload.Id));
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(4));

        games.Add(await UseCases.SendAsync(new CloneGame(games[0].Id)));
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(5));
        Assert.That(await UseAsync(), Is.EqualTo(new GuildUse(4, 1, Content.Bytes.Length)));

        await UseCases.SendAsync(new UpdateGame { Id = games[0].Id, BannerImageId = (Guid?)upload.Id });
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(6));

        await UseCases.SendAsync(new UpdateGame { Id = games[0].Id, ThumbnailId = (Guid?)null, RemoveBanner = true });
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(4));

        await UseCases.SendAsync(new EndUpload(upload.Id));
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(3));

        // A game of the guild still shows it, so another game may.
        games.Add(await ShowAsync(upload.Id));
        foreach (var game in games)
        {
            Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
            await UseCases.SendAsync(new DeleteGame(game.Id));
        }

        Assert.That(await CountAsync(upload.Id), Is.Null);
        Assert.That(await UseAsync(), Is.EqualTo(new GuildUse(0, 0, 0)));
    }

    [Test]
    public async Task An_expired_upload_releases_its_image_unless_a_game_shows_it()
    {
        var shown = (await UseCases.UploadAsync(Content)).Id;
        var lonely = (await UseCases.UploadAsync(Pictures.Content(2))).Id;
        await ShowAsync(shown);
        Assert.That(await UseCases.SendAsync(new EndExpiredUploads()), Is.False);
        Assert.That(await CountAsync(lonely), Is.EqualTo(1));

        await ExpireAsync();
        await UseCases.SendAsync(new EndExpiredUploads());
        Assert.That(await CountAsync(shown), Is.EqualTo(1));
        Assert.That(await CountAsync(lonely), Is.Null);
    }

    [Test]
    public async Task An_expired_upload_no_longer_lets_a_game_show_the_image()
    {
        var upload = await UseCases.UploadAsync(Content);
        await ExpireAsync();

        Assert.That(() => ShowAsync(upload.Id), Throws.TypeOf<FieldRefusedException>());
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM game_sessions"), Is.Zero);
    }

    [Test]
    public async Task An_unknown_image_and_one_of_another_guild_are_refused_in_the_same_way()
    {
        await using var stranger = new UseCases(Database, new TestCaller(43) { Id = "8" });
        var foreign = (await stranger.CreateGameAsync(Content, guild: 43)).ThumbnailId!.Value;
        var game = await UseCases.CreateGameAsync();
        var messages = new List<string>();

        foreach (var id in new[] { foreign, Guid.NewGuid() })
        {
            messages.Add(await RefusalAsync(UseCases.NewGame() with { ThumbnailId = id }));
            messages.Add(await RefusalAsync(UseCases.NewGame() with { ThumbnailId = id, Key = new($"key {id}", Content.Hash) }));
            messages.Add(await RefusalAsync(new UpdateGame { Id = game.Id, ThumbnailId = (Guid?)id }));
        }

        Assert.That(messages.Distinct().Count(), Is.EqualTo(1), string.Join('\n', messages));
        Assert.That(await CountAsync(foreign), Is.EqualTo(1));
    }

    [Test]
    public async Task An_upload_that_ends_between_the_check_and_the_commit_changes_nothing(
        [Values] bool isDeleted, [Values] bool isElsewhere)
    {
        var upload = await UseCases.UploadAsync(Content);
        await using var stranger = new UseCases(Database, new TestCaller(43) { Id = "8" });
        if (isElsewhere)
            await stranger.CreateGameAsync(Content, guild: 43);

        // The game has passed the check, and waits for the row of the image.
        await using var other = await Database.OpenAsync();
        await using var ending = await other.BeginTransactionAsync();
        await other.ExecuteAsync("SELECT FROM game_images FOR UPDATE", transaction: ending);
        var game = ShowAsync(upload.Id);
        await Database.WaitForWaitersAsync();
        await other.ExecuteAsync(isDeleted
            ? """
                DELETE FROM image_uploads;
                UPDATE game_images SET reference_count = reference_count - 1;
                DELETE FROM game_images WHERE reference_count = 0;
                """
            : "UPDATE image_uploads SET expires_at = now()", transaction: ending);
        await ending.CommitAsync();

        Assert.That(async () => await game, Throws.TypeOf<FieldRefusedException>().With.Property("Field").EqualTo("ThumbnailId"));
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM game_sessions"), Is.EqualTo(isElsewhere ? 1 : 0));
        Assert.That(await CountAsync(upload.Id) ?? 0, Is.EqualTo((isDeleted ? 0 : 1) + (isElsewhere ? 1 : 0)));
    }

    [Test]
    public async Task A_file_may_be_sent_even_if_only_another_guild_shows_the_image()
    {
        await using var stranger = new UseCases(Database, new TestCaller(43) { Id = "8" });
        var foreign = (await stranger.CreateGameAsync(Content, guild: 43)).ThumbnailId;
        Assert.That((await UseCases.CreateGameAsync(Content)).ThumbnailId, Is.EqualTo(foreign));
        Assert.That((await UseCases.UploadAsync(Content)).Id, Is.EqualTo(foreign));
        Assert.That(await CountAsync(foreign!.Value), Is.EqualTo(3));
    }

    [Test]
    public async Task Two_instances_end_each_expired_upload_once()
    {
        await using var other = new UseCases(Database, Caller);
        for (var number = 0; number < 50; number++)
            await UseCases.UploadAsync(Pictures.Content(number), UseCases.Guild);
        await ExpireAsync();

        await Task.WhenAll(new[] { UseCases, other, other, UseCases }.Select(instance => Task.Run(async () =>
        {
            while (await instance.SendAsync(new EndExpiredUploads()))
                continue;
        })));
        await UseCases.SendAsync(new EndExpiredUploads());

        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM image_uploads"), Is.Zero);
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM game_images"), Is.Zero);
        Assert.That(await UseAsync(), Is.EqualTo(new GuildUse(0, 0, 0)));
    }

    [Test]
    public async Task Uploads_and_ends_of_one_image_at_once_keep_the_count()
    {
        await using var other = new UseCases(Database, new TestCaller(UseCases.Guild) { Id = "8" });
        await Task.WhenAll(new[] { UseCases, other, UseCases, other, UseCases, other }.Select(member => Task.Run(async () =>
        {
            for (var number = 0; number < 25; number++)
            {
                var upload = await member.UploadAsync(Content, UseCases.Guild);
                try
                {
                    await member.SendAsync(new EndUpload(upload.Id));
                }
                catch (NotFoundException)
                {
                    // The same member ended it in another request.
                }
            }
        })));

        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_renewal_that_waits_for_the_end_of_the_upload_is_a_new_upload()
    {
        var upload = await UseCases.UploadAsync(Content);
        await ShowAsync(upload.Id);
        await using var other = await Database.OpenAsync();
        await using var ending = await other.BeginTransactionAsync();
        await other.ExecuteAsync("SELECT FROM game_images FOR UPDATE; DELETE FROM image_uploads", transaction: ending);

        var renewal = UseCases.UploadAsync(Content);
        await Database.WaitForWaitersAsync();
        await other.ExecuteAsync("UPDATE game_images SET reference_count = reference_count - 1", transaction: ending);
        await ending.CommitAsync();
        Assert.That((await renewal).Id, Is.EqualTo(upload.Id));
        Assert.That(await CountAsync(upload.Id), Is.EqualTo(2));
    }

    // In the other order, it and a renewal could wait for each other.
    [Test]
    public async Task The_end_of_an_upload_locks_the_image_before_the_upload()
    {
        var upload = await UseCases.UploadAsync(Content);
        await using var other = await Database.OpenAsync();
        await using var renewal = await other.BeginTransactionAsync();
        await other.ExecuteAsync("SELECT FROM game_images FOR UPDATE", transaction: renewal);

        var end = UseCases.SendAsync(new EndUpload(upload.Id));
        await Database.WaitForWaitersAsync();
        await other.ExecuteAsync("SELECT FROM image_uploads FOR UPDATE NOWAIT", transaction: renewal);
        await renewal.CommitAsync();
        await end;
    }

    [Test]
    public async Task Twenty_first_uploads_of_one_member_at_once_are_one_upload()
    {
        var uploads = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => UseCases.UploadAsync(Content))));

        Assert.That(uploads.Select(upload => upload.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CountAsync(uploads[0].Id), Is.EqualTo(1));
    }

    [Test]
    public async Task A_blocked_image_cannot_be_uploaded()
    {
        await Database.ExecuteAsync(
            "INSERT INTO blocked_hashes (content_hash, reason) VALUES (@hash, 'test')", new { hash = Content.Hash.ToDigest() });

        Assert.That(() => UseCases.UploadAsync(Content), Throws.TypeOf<ImageRefusedException>());
        Assert.That(await Database.SingleAsync<long>("SELECT count(*) FROM image_uploads"), Is.Zero);
    }

    [Test]
    public async Task An_upload_repairs_an_image_in_quarantine([Values] bool isRenewal)
    {
        var id = isRenewal ? (await UseCases.UploadAsync(Content)).Id : (await UseCases.CreateGameAsync(Content)).ThumbnailId!.Value;
        await Database.ExecuteAsync(
            "UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 5), quarantined_at = now()");

        Assert.That((await UseCases.UploadAsync(Content)).Id, Is.EqualTo(id));
        Assert.That(await Database.SingleAsync<bool>("SELECT quarantined_at IS NULL FROM game_images"), Is.True);
        Assert.That(await CountAsync(id), Is.EqualTo(isRenewal ? 1 : 2));
    }

    [Test]
    public void A_caller_cannot_upload_for_another_guild_or_read_its_use_or_pictures() => Assert.Multiple(() =>
    {
        Assert.That(() => UseCases.UploadAsync(Content, 43), Throws.TypeOf<NotAllowedException>());
        Assert.That(() => UseCases.SendAsync(new GetGuildUsage(new Snowflake(43))), Throws.TypeOf<NotAllowedException>());
        Assert.That(
            () => UseCases.SendAsync(new ListImages { GuildId = new Snowflake(43) }), Throws.TypeOf<NotAllowedException>());
    });

    private Task<GameResponse> ShowAsync(Guid id) => UseCases.SendAsync(UseCases.NewGame() with { ThumbnailId = id });

    private async Task<GuildUse> UseAsync()
    {
        var usage = await UseCases.SendAsync(new GetGuildUsage(new Snowflake(UseCases.Guild)));
        return new(usage.Games.Use, usage.Images.Use, usage.Bytes.Use);
    }

    private Task ExpireAsync() => Database.ExecuteAsync("UPDATE image_uploads SET expires_at = now() - interval '1 second'");

    private async Task<int?> CountAsync(Guid id) =>
        (await Database.QueryAsync<int?>("SELECT reference_count FROM game_images WHERE id = @id", new { id })).SingleOrDefault();

    private Task<string> RefusalAsync(CreateGame request) => RefusalAsync(() => UseCases.SendAsync(request));

    private Task<string> RefusalAsync(UpdateGame request) => RefusalAsync(() => UseCases.SendAsync(request));

    private static async Task<string> RefusalAsync(Func<Task> send)
    {
        try
        {
            await send();
            return "no refusal";
        }
        catch (FieldRefusedException refusal)
        {
            return $"{refusal.GetType().Name}: {refusal.Message}";
        }
    }
}
