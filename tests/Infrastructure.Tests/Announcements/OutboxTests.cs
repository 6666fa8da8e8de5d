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

/// <summary>One bot at a time claims the changes of a game, the oldest first, until they are announced.</summary>
public sealed class OutboxTests : DatabaseTests
{
    private static readonly MessageReference Somewhere = new(new Snowflake(5), new Snowflake(1000));

    private FakeTime time = null!;
    private BotDatabase source = null!;
    private Outbox outbox = null!;

    [SetUp]
    public void Create_the_outbox()
    {
        time = new();
        source = new(NpgsqlDataSource.Create(Database.ConnectionString(Roles.Bot)));
        outbox = new(source, time);
    }

    [TearDown]
    public ValueTask Disconnect() => source.Source.DisposeAsync();

    [Test]
    public async Task Several_changes_of_a_game_are_one_delivery_of_its_latest_state()
    {
        var game = await UseCases.CreateGameAsync(Pictures.Content(1), ImageContent.Read(Pictures.Gif(2), new()));
        game = await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "Brass: Birmingham" });

        await using var delivery = (await ClaimAsync())!;
        Assert.That(delivery.GameId, Is.EqualTo(game.Id));
        Assert.That(delivery.Attempts, Is.Zero);
        Assert.That(delivery.Announcement, Is.EqualTo(new Announcement()));
        // The bot reads no sizes of images.
        var announced = game with { Thumbnail = null, Banner = null };
        Assert.That(delivery.Game, Is.EqualTo(new AnnouncedGame(announced, ImageFormat.Png, ImageFormat.Gif)));
        Assert.That((await delivery.ReadImageAsync(game.ThumbnailId!.Value, default))!, Is.EqualTo(Pictures.Content(1).Bytes.ToArray()));

        await delivery.CompleteAsync(new(Somewhere, Posts: 1));
        Assert.That(await ClaimAsync(), Is.Null);
        Assert.That(await Database.QueryAsync<Guid>("SELECT game_id FROM outbox"), Is.Empty);
    }

    [Test]
    public async Task The_announcement_is_part_of_the_next_delivery_and_is_deleted_after_the_game()
    {
        var game = await UseCases.CreateGameAsync();
        var announcement = new Announcement(Somewhere, Posts: 2, ImageFailures: 1);
        await CompleteAsync(announcement);

        await UseCases.SendAsync(new DeleteGame(game.Id));
        await using (var deleted = (await ClaimAsync())!)
        {
            Assert.That(deleted.GameId, Is.EqualTo(game.Id));
            Assert.That(deleted.Game, Is.Null);
            Assert.That(deleted.Announcement, Is.EqualTo(announcement));
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

        var fault = await Assert.CatchAsync(() => new Outbox(new(olderSource), TimeProvider.System).ClaimAsync([], default));
        Assert.That(DatabaseFaults.IsOldSchema(fault!), Is.True, $"{fault}");
    }

    [TestCase("ROLLBACK", 0)]
    [TestCase("COMMIT", 1)]
    public async Task A_change_is_visible_only_after_its_commit(string end, int expected)
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
    public async Task Only_fields_that_an_announcement_shows_are_changes(string change, int expected)
    {
        await UseCases.CreateGameAsync();
        await CompleteAsync(new(Somewhere, Posts: 1));

        await Database.ExecuteAsync($"UPDATE game_sessions SET {change}");
        Assert.That((await outbox.ReadStateAsync(default)).Waiting, Is.EqualTo(expected));
    }

    [Test]
    public async Task Deleting_an_image_is_a_change_of_its_games()
    {
        await UseCases.CreateGameAsync(Pictures.Content(1));
        await CompleteAsync(new(Somewhere, Posts: 1));

        // A purge deletes an image in this way, without a use case.
        await Database.ExecuteAsync("DELETE FROM game_images");
        await using var delivery = (await ClaimAsync())!;
        Assert.That(delivery.Game!.Thumbnail, Is.Null);
    }

    [Test]
    public async Task A_quarantined_image_is_not_delivered()
    {
        await UseCases.CreateGameAsync(Pictures.Content(1));
        await Database.ExecuteAsync("UPDATE game_images SET quarantined_at = now()");

        await using var delivery = (await ClaimAsync())!;
        Assert.That(delivery.Game!.Thumbnail, Is.Null);
        Assert.That(await delivery.ReadImageAsync(delivery.Game.Game.ThumbnailId!.Value, default), Is.Null);
    }

    [Test]
    public async Task A_claimed_game_cannot_be_claimed_again_and_can_still_be_changed()
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
    public async Task An_unfinished_delivery_changes_nothing()
    {
        await UseCases.CreateGameAsync();
        await using (await ClaimAsync())
        {
        }

        await using var again = (await ClaimAsync())!;
        Assert.That(again.Attempts, Is.Zero);
    }

    [Test]
    public async Task The_oldest_due_change_is_claimed_first_and_changes_of_full_channels_wait()
    {
        var first = await UseCases.CreateGameAsync();
        var second = await UseCases.CreateGameAsync();
        await Database.ExecuteAsync(
            "UPDATE game_sessions SET channel_id = 6 WHERE id = @Id; UPDATE outbox SET channel_id = 6 WHERE game_id = @Id",
            new { second.Id });

        await using var others = (await outbox.ClaimAsync([new Snowflake(5)], default))!;
        Assert.That(others.GameId, Is.EqualTo(second.Id));
        await using var oldest = (await ClaimAsync())!;
        Assert.That(oldest.GameId, Is.EqualTo(first.Id));
    }

    [Test]
    public async Task A_postponed_change_is_delivered_with_the_next_change_of_the_game()
    {
        var game = await UseCases.CreateGameAsync();
        await using (var delivery = (await ClaimAsync())!)
            await delivery.PostponeAsync(TimeSpan.FromHours(1), "503");
        Assert.That(await ClaimAsync(), Is.Null);

        await UseCases.SendAsync(new UpdateGame { Id = game.Id, Title = "later" });
        await using var again = (await ClaimAsync())!;
        Assert.That(again.Attempts, Is.EqualTo(1));
        Assert.That(again.Game!.Game.Title, Is.EqualTo("later"));
        Assert.That(await ClaimAsync(), Is.Null);

        await again.CompleteAsync(new(Somewhere, Posts: 1));
        Assert.That((await outbox.ReadStateAsync(default)).Waiting, Is.Zero);
    }

    [Test]
    public async Task An_added_game_is_delivered_again()
    {
        var game = await UseCases.CreateGameAsync();
        await CompleteAsync(new(Somewhere, Posts: 1));

        await outbox.AddAsync(game.Id, new Snowflake(5), default);
        await using var again = (await ClaimAsync())!;
        Assert.That(again.GameId, Is.EqualTo(game.Id));
        Assert.That(again.Channels, Is.EqualTo(new[] { new Snowflake(5) }));
    }

    [Test]
    public async Task A_parked_change_stays_until_the_game_changes()
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
    public async Task A_delivery_is_parked_although_a_statement_of_it_has_failed()
    {
        var game = await UseCases.CreateGameAsync(Pictures.Content(1));
        await using (var delivery = (await ClaimAsync())!)
        {
            await Database.ExecuteAsync($"REVOKE SELECT (image_data) ON game_images FROM {Roles.Bot}");
            Assert.That(() => delivery.ReadImageAsync(game.ThumbnailId!.Value, default), Throws.TypeOf<PostgresException>());
            await delivery.ParkAsync("42501");
        }

        Assert.That(await outbox.ReadStateAsync(default), Is.EqualTo(new OutboxState(0, TimeSpan.Zero, 1)));
    }

    [Test]
    public async Task A_post_that_began_is_known_to_the_next_delivery_only()
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
    public async Task A_delivery_that_must_be_repeated_is_due_later()
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
    public async Task Concurrent_claims_get_each_game_once()
    {
        for (var number = 0; number < 30; number++)
            await UseCases.CreateGameAsync();

        var claimed = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => ClaimAsync()));
        Assert.That(claimed.Select(delivery => delivery!.GameId), Is.Unique);
        foreach (var delivery in claimed)
            await delivery!.DisposeAsync();
    }

    [Test]
    public async Task A_delivery_that_was_idle_for_longer_than_the_server_allows_has_lost_its_connection()
    {
        await UseCases.CreateGameAsync();
        await Database.ExecuteAsync(
            $"ALTER ROLE {Roles.Bot} IN DATABASE {Database.Name} SET idle_in_transaction_session_timeout = '20ms'");
        await using (var delivery = (await ClaimAsync())!)
        {
            await Database.ExecuteAsync($"ALTER ROLE {Roles.Bot} IN DATABASE {Database.Name} RESET idle_in_transaction_session_timeout");
            await Database.WaitUntilGoneAsync(Roles.Bot);
            var fault = await Assert.CatchAsync(() => delivery.PostponeAsync(TimeSpan.Zero, "503"));
            Assert.That((DatabaseFaults.Cause(fault!) as PostgresException)?.SqlState, Is.EqualTo("25P03"));
            Assert.That(DatabaseFaults.KindOf(fault!), Is.EqualTo(FaultKind.LostConnection));
        }

        await CompleteAsync(new(Somewhere, Posts: 1));
    }

    [Test]
    public async Task A_read_only_server_closes_the_connections_of_the_bot_at_most_once_a_second()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_read_only = on");
        await AssertReadOnlyAsync();
        await AssertReadOnlyAsync();
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} RESET default_transaction_read_only");

        // The open connection stays read-only.
        await AssertReadOnlyAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await AssertReadOnlyAsync();
        Assert.That(await ClaimAsync(), Is.Null);

        async Task AssertReadOnlyAsync()
        {
            var fault = await Assert.CatchAsync(ClaimAsync);
            Assert.That(DatabaseFaults.KindOf(fault!), Is.EqualTo(FaultKind.ReadOnlyServer));
        }
    }

    [TestCase("UPDATE game_sessions SET title = 'x'")]
    [TestCase("DELETE FROM game_sessions")]
    [TestCase("INSERT INTO outbox (game_id, channel_id, due_at) VALUES (gen_random_uuid(), 5, now())")]
    [TestCase("SELECT content_hash FROM game_images")]
    [TestCase("UPDATE outbox SET game_id = gen_random_uuid()")]
    [TestCase("SELECT * FROM blocked_hashes")]
    public void The_bot_s_role_has_no_other_privileges(string sql) => Assert.That(
        async () =>
        {
            await using var connection = await source.Source.OpenConnectionAsync();
            await connection.ExecuteAsync(sql);
        },
        Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));

    [Test]
    public async Task The_service_cannot_read_the_outbox()
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
