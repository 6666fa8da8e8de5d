using Dapper;
using GameImages.Application.Announcements;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Announcements;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Announcements;

/// <summary>Each change of a game is claimed by one, in its order, until it is announced.</summary>
public sealed class OutboxTests : DatabaseTests
{
    private static readonly MessageReference Somewhere = new(new Snowflake(5), new Snowflake(1000));

    private BotDatabase source = null!;
    private Outbox outbox = null!;

    [SetUp]
    public void Create_the_outbox()
    {
        source = new(NpgsqlDataSource.Create(Database.ConnectionString(Roles.Bot)));
        outbox = new(source);
    }

    [TearDown]
    public async Task Disconnect()
    {
        await source.Source.DisposeAsync();
    }

    [Test]
    public async Task Several_changes_of_a_game_are_one_delivery_of_the_game_as_it_is()
    {
        var game = await UseCases.CreateGameAsync(Pictures.Content(1), ImageContent.Read(Pictures.Gif(2), new()));
        game = await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "Brass: Birmingham" });

        await using var delivery = (await ClaimAsync())!;
        Assert.That((delivery.GameId, delivery.Attempts, delivery.Announcement), Is.EqualTo((game.Id, 0, new Announcement())));
        Assert.That(delivery.Game, Is.EqualTo(new AnnouncedGame(game, ImageFormat.Png, ImageFormat.Gif)));
        Assert.That((await delivery.ReadImageAsync(game.ThumbnailId!.Value, default))!, Is.EqualTo(Pictures.Content(1).Bytes.ToArray()));

        await delivery.CompleteAsync(new(Somewhere, Posts: 1));
        Assert.That(await ClaimAsync(), Is.Null);
        Assert.That(await Database.QueryAsync<Guid>("SELECT game_id FROM outbox"), Is.Empty);
    }

    [Test]
    public async Task What_was_announced_comes_with_the_next_change_and_goes_after_the_game()
    {
        var game = await UseCases.CreateGameAsync();
        var announcement = new Announcement(Somewhere, Posts: 2, ImageFailures: 1);
        await CompleteAsync(announcement);

        await UseCases.SendAsync(new DeleteGame(game.Id));
        await using (var deleted = (await ClaimAsync())!)
        {
            Assert.That((deleted.GameId, deleted.Game, deleted.Announcement), Is.EqualTo((game.Id, (AnnouncedGame?)null, announcement)));
            await deleted.CompleteAsync(announcement with { Message = null });
        }

        Assert.That(await Database.QueryAsync<Guid>("SELECT game_id FROM announcements"), Is.Empty);
    }

    // Without this, the bot would park each game because of the old schema.
    [Test]
    public async Task A_schema_before_version_8_is_reported_as_old_before_a_delivery()
    {
        await using var older = await TestDatabase.CreateAsync(schemaVersion: 7);
        await older.ExecuteAsync(
            "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'x', now())");
        await using var olderSource = NpgsqlDataSource.Create(older.ConnectionString(Roles.Bot));

        var fault = await Assert.CatchAsync(() => new Outbox(new(olderSource)).ClaimAsync([], default));
        Assert.That(DatabaseFaults.IsOldSchema(fault!), Is.True, $"{fault}");
    }

    [TestCase("ROLLBACK", 0)]
    [TestCase("COMMIT", 1)]
    public async Task A_change_is_there_with_its_commit(string end, int expected)
    {
        await Database.ExecuteAsync(
            $"BEGIN; INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'x', now()); {end}");
        Assert.That((await outbox.ReadStateAsync(default)).Waiting, Is.EqualTo(expected));
    }

    [TestCase("title = 'other'", 1)]
    [TestCase("status = 'cancelled'", 1)]
    [TestCase("channel_id = 6", 1)]
    [TestCase("max_players = 3", 1)]
    [TestCase("updated_at = now()", 0)]
    [TestCase("guild_id = 43", 0)]
    public async Task Only_what_an_announcement_shows_is_a_change(string change, int expected)
    {
        await UseCases.CreateGameAsync();
        await CompleteAsync(new(Somewhere, Posts: 1));

        await Database.ExecuteAsync($"UPDATE game_sessions SET {change}");
        Assert.That((await outbox.ReadStateAsync(default)).Waiting, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_picture_that_goes_or_comes_to_another_place_is_a_change()
    {
        await UseCases.CreateGameAsync(Pictures.Content(1));
        await CompleteAsync(new(Somewhere, Posts: 1));

        // As a purge does, past every use case.
        await Database.ExecuteAsync("DELETE FROM game_images");
        await using var delivery = (await ClaimAsync())!;
        Assert.That(delivery.Game!.Thumbnail, Is.Null);
    }

    [Test]
    public async Task A_picture_in_quarantine_is_none()
    {
        await UseCases.CreateGameAsync(Pictures.Content(1));
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now()");

        await using var delivery = (await ClaimAsync())!;
        Assert.That(delivery.Game!.Thumbnail, Is.Null);
        Assert.That(await delivery.ReadImageAsync(delivery.Game.Game.ThumbnailId!.Value, default), Is.Null);
    }

    [Test]
    public async Task Nobody_else_gets_a_game_that_is_being_delivered_also_not_for_a_later_change_and_who_changes_it_does_not_wait()
    {
        var game = await UseCases.CreateGameAsync();
        await using (var delivery = (await ClaimAsync())!)
        {
            await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "later" });
            Assert.That(await ClaimAsync(), Is.Null);
            Assert.That(delivery.Game!.Game.Title, Is.EqualTo(game.Title));
            await delivery.CompleteAsync(new(Somewhere, Posts: 1));
        }

        await using var later = (await ClaimAsync())!;
        Assert.That(later.Game!.Game.Title, Is.EqualTo("later"));
    }

    [Test]
    public async Task A_delivery_that_ends_unfinished_leaves_everything_as_it_was()
    {
        await UseCases.CreateGameAsync();
        await using (await ClaimAsync())
        {
        }

        await using var again = (await ClaimAsync())!;
        Assert.That(again.Attempts, Is.Zero);
    }

    [Test]
    public async Task The_change_that_is_due_for_longest_comes_first_and_those_of_full_channels_wait()
    {
        var first = await UseCases.CreateGameAsync();
        var second = await UseCases.CreateGameAsync();
        await Database.ExecuteAsync(
            "UPDATE game_sessions SET channel_id = 6 WHERE id = @Id; UPDATE outbox SET channel_id = 6 WHERE game_id = @Id",
            new { second.Id });

        await using var others = (await outbox.ClaimAsync([new Snowflake(5)], default))!;
        Assert.That(others.GameId, Is.EqualTo(second.Id));
        await using var eldest = (await ClaimAsync())!;
        Assert.That(eldest.GameId, Is.EqualTo(first.Id));
    }

    [Test]
    public async Task What_is_postponed_waits_and_comes_with_the_next_change_which_nobody_else_gets_either()
    {
        var game = await UseCases.CreateGameAsync();
        await using (var delivery = (await ClaimAsync())!)
            await delivery.PostponeAsync(TimeSpan.FromHours(1), "503");
        Assert.That(await ClaimAsync(), Is.Null);

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "later" });
        await using var again = (await ClaimAsync())!;
        Assert.That((again.Attempts, again.Game!.Game.Title), Is.EqualTo((1, "later")));
        Assert.That(await ClaimAsync(), Is.Null);

        await again.CompleteAsync(new(Somewhere, Posts: 1));
        Assert.That((await outbox.ReadStateAsync(default)).Waiting, Is.Zero);
    }

    [Test]
    public async Task A_game_can_be_looked_at_once_more()
    {
        var game = await UseCases.CreateGameAsync();
        await CompleteAsync(new(Somewhere, Posts: 1));

        await outbox.AddAsync(game.Id, new Snowflake(5), default);
        await using var again = (await ClaimAsync())!;
        Assert.That((again.GameId, again.Channels), Is.EqualTo((game.Id, new[] { new Snowflake(5) })));
    }

    [Test]
    public async Task What_is_parked_stays_until_the_game_changes()
    {
        var game = await UseCases.CreateGameAsync();
        await using (var delivery = (await ClaimAsync())!)
            await delivery.ParkAsync(new string('x', 2000));

        Assert.That(await ClaimAsync(), Is.Null);
        Assert.That(await outbox.ReadStateAsync(default), Is.EqualTo(new OutboxState(0, TimeSpan.Zero, 1)));

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "later" });
        await CompleteAsync(new(Somewhere, Posts: 1));
        Assert.That(await outbox.ReadStateAsync(default), Is.EqualTo(new OutboxState(0, TimeSpan.Zero, 0)));
    }

    [Test]
    public async Task A_post_that_began_is_known_to_the_next_delivery_whatever_became_of_it_and_to_none_after_that()
    {
        await UseCases.CreateGameAsync();
        await using (var killed = (await ClaimAsync())!)
            await killed.BeginPostAsync(new Snowflake(5), new Snowflake(42), default);

        await using (var next = (await ClaimAsync())!)
        {
            Assert.That(next.Announcement, Is.EqualTo(new Announcement(PostingTo: new Snowflake(5), GuildId: new Snowflake(42))));
            await next.ParkAsync("403");
        }

        await Database.ExecuteAsync("UPDATE outbox SET parked_at = NULL");
        await using var last = (await ClaimAsync())!;
        Assert.That(last.Announcement, Is.EqualTo(new Announcement(GuildId: new Snowflake(42))));
    }

    [Test]
    public async Task What_is_to_be_looked_at_again_is_due_later()
    {
        await UseCases.CreateGameAsync();
        await using (var delivery = (await ClaimAsync())!)
            await delivery.CompleteAsync(new(Somewhere, Posts: 1, ImageFailures: 1), again: TimeSpan.FromHours(1));

        Assert.That(await ClaimAsync(), Is.Null);
        await Database.ExecuteAsync("UPDATE outbox SET due_at = now()");
        await using var again = (await ClaimAsync())!;
        Assert.That(again.Announcement, Is.EqualTo(new Announcement(Somewhere, Posts: 1, ImageFailures: 1)));
    }

    [Test]
    public async Task Many_who_claim_at_once_get_each_game_once()
    {
        for (var number = 0; number < 30; number++)
            await UseCases.CreateGameAsync();

        var claimed = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => ClaimAsync()));
        Assert.That(claimed.Select(delivery => delivery!.GameId), Is.Unique);
        foreach (var delivery in claimed)
            await delivery!.DisposeAsync();
    }

    [TestCase("UPDATE game_sessions SET title = 'x'")]
    [TestCase("DELETE FROM game_sessions")]
    [TestCase("INSERT INTO outbox (game_id, channel_id, due_at) VALUES (gen_random_uuid(), 5, now())")]
    [TestCase("SELECT content_hash FROM game_images")]
    [TestCase("UPDATE outbox SET game_id = gen_random_uuid()")]
    [TestCase("SELECT * FROM blocked_hashes")]
    public void The_role_may_do_nothing_else(string sql) => Assert.That(
        async () =>
        {
            await using var connection = await source.Source.OpenConnectionAsync();
            await connection.ExecuteAsync(sql);
        },
        Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));

    [Test]
    public async Task The_service_sees_nothing_of_it()
    {
        await using var connection = await Database.OpenAsync(Roles.App);
        Assert.That(async () => await connection.ExecuteAsync("SELECT FROM outbox"), Throws.TypeOf<PostgresException>());
        Assert.That(async () => await connection.ExecuteAsync("SELECT FROM announcements"), Throws.TypeOf<PostgresException>());
    }

    private Task<IDelivery?> ClaimAsync() => outbox.ClaimAsync([], CancellationToken.None);

    private async Task CompleteAsync(Announcement announcement)
    {
        await using var delivery = (await ClaimAsync())!;
        await delivery.CompleteAsync(announcement);
    }
}
