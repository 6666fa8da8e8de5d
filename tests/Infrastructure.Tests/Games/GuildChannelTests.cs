using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

/// <summary>Channel 5 is guild 42's, channel 6 guild 43's, and of channel 7 nobody has asked.</summary>
public sealed class GuildChannelTests
{
    private TestDatabase database = null!;
    private UseCases useCases = null!;

    [OneTimeSetUp]
    public async Task Record_some_channels()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
        await database.ExecuteAsync("INSERT INTO guild_channels (channel_id, guild_id) VALUES (5, 42), (6, 43)");
    }

    [OneTimeTearDown]
    public async Task Drop_the_database()
    {
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCase(null, "")]
    [TestCase("42", "5")]
    [TestCase("43", "6")]
    [TestCase("42,43", "5 6")]
    [TestCase("44", "")]
    public async Task The_service_sees_the_channels_of_the_caller_s_guilds(string? guilds, string channels)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await connection.BeginTransactionAsync();
        if (guilds is not null)
            await connection.ExecuteAsync(RowSecurity.Sql, new { guildIds = guilds });

        Assert.That(string.Join(' ', await connection.QueryAsync<long>("SELECT channel_id FROM guild_channels ORDER BY channel_id")), Is.EqualTo(channels));
    }

    // The caller sees no row of channel 6, and the database refuses it all the same.
    [TestCase("INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 6, 7, 'x', now())", true)]
    [TestCase("INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'x', now()), (42, 6, 7, 'x', now())", true)]
    [TestCase("INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 7, 7, 'x', now())", false)]
    [TestCase("UPDATE game_sessions SET channel_id = 6 WHERE title = 'moving'", true)]
    [TestCase("UPDATE game_sessions SET channel_id = 7 WHERE title = 'moving'", false)]
    [TestCase("UPDATE game_sessions SET max_players = 3, channel_id = channel_id WHERE title = 'there before'", false)]
    [TestCase("UPDATE game_sessions SET channel_id = 5 WHERE title = 'there before'", false)]
    public async Task A_game_gets_into_no_channel_of_another_guild(string statement, bool isRefused)
    {
        await using var setup = await database.OpenAsync();
        await setup.ExecuteAsync(
            """
            SET session_replication_role = replica;
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'moving', now()), (42, 6, 7, 'there before', now());
            RESET session_replication_role;
            """);

        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(RowSecurity.Sql, new { guildIds = "42" });

        if (isRefused)
            Assert.That(async () => await connection.ExecuteAsync(statement), Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(V0008_GuildChannels.ForeignChannelSqlState));
        else
            Assert.That(await connection.ExecuteAsync(statement), Is.Positive);

        await transaction.RollbackAsync();
        await setup.ExecuteAsync("DELETE FROM game_sessions");
    }

    // A table of the caller's own, found before those of the schema, would otherwise answer for them.
    [Test]
    public async Task The_trigger_looks_into_no_table_but_its_own()
    {
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("CREATE TEMPORARY TABLE guild_channels (channel_id bigint, guild_id bigint)");

        Assert.That(
            async () => await connection.ExecuteAsync("INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 6, 7, 'x', now())"),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(V0008_GuildChannels.ForeignChannelSqlState));
    }

    [Test]
    public async Task Create_change_and_clone_are_refused_and_count_nothing()
    {
        var picture = Pictures.Content(1);
        var game = await useCases.CreateGameAsync(picture);
        await database.ExecuteAsync("INSERT INTO guild_channels (channel_id, guild_id) VALUES (8, 42)");
        var moved = await useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(8) });
        await database.ExecuteAsync("UPDATE guild_channels SET guild_id = 43 WHERE channel_id = 8");

        foreach (var refuse in new Func<Task>[]
        {
            () => useCases.SendAsync(new CreateGame { GuildId = new Snowflake(42), ChannelId = new Snowflake(8), Title = "x", ScheduledAt = DateTime.UnixEpoch, Thumbnail = picture }),
            () => useCases.SendAsync(new CreateGame { GuildId = new Snowflake(42), ChannelId = new Snowflake(8), Title = "x", ScheduledAt = DateTime.UnixEpoch, Thumbnail = Pictures.Content(2) }),
            () => useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6), Thumbnail = Pictures.Content(2), Banner = picture }),
            () => useCases.SendAsync(new CloneGame(game.Id)),
        })
        {
            var refused = Assert.ThrowsAsync<FieldRefusedException>(() => refuse());
            Assert.That(refused!.Field, Is.EqualTo("channel_id"));
            Assert.That(refused.Message, Does.Match(@"^Channel [68] belongs to another guild\.$"));
        }

        // What the game is besides may change.
        var renamed = await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        Assert.That(renamed, Is.EqualTo(moved with { Title = "other", UpdatedAt = renamed.UpdatedAt }));
        Assert.That(await database.QueryAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(new[] { 1 }));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);

        await useCases.SendAsync(new DeleteGame(game.Id));
        await database.ExecuteAsync("DELETE FROM guild_channels WHERE channel_id = 8");
    }
}
