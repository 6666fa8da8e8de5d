using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

/// <summary>Channel 5 belongs to guild 42 and channel 6 to guild 43. The bot has not asked about channel 7.</summary>
public sealed class GuildChannelTests
{
    private const string Insert = "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES";

    private TestDatabase database = null!;
    private UseCases useCases = null!;

    [OneTimeSetUp]
    public async Task Create_the_database_and_two_channels()
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

        var seen = await connection.QueryAsync<long>("SELECT channel_id FROM guild_channels ORDER BY channel_id");
        Assert.That(string.Join(' ', seen), Is.EqualTo(channels));
    }

    // The caller cannot see the row of channel 6, but the database still refuses the channel.
    [TestCase($"{Insert} (42, 6, 7, 'x', now())", true)]
    [TestCase($"{Insert} (42, 5, 7, 'x', now()), (42, 6, 7, 'x', now())", true)]
    [TestCase($"{Insert} (42, 7, 7, 'x', now())", false)]
    [TestCase("UPDATE game_sessions SET channel_id = 6 WHERE title = 'moving'", true)]
    [TestCase("UPDATE game_sessions SET channel_id = 7 WHERE title = 'moving'", false)]
    [TestCase("UPDATE game_sessions SET max_players = 3, channel_id = channel_id WHERE title = 'there before'", false)]
    [TestCase("UPDATE game_sessions SET channel_id = 5 WHERE title = 'there before'", false)]
    public async Task A_game_in_a_channel_of_another_guild_is_refused(string statement, bool isRefused)
    {
        await using var setup = await database.OpenAsync();
        await setup.ExecuteAsync(
            $"""
            SET session_replication_role = replica;
            {Insert} (42, 5, 7, 'moving', now()), (42, 6, 7, 'there before', now());
            RESET session_replication_role;
            """);

        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(RowSecurity.Sql, new { guildIds = "42" });

        if (isRefused)
            AssertRefused(connection, statement);
        else
            Assert.That(await connection.ExecuteAsync(statement), Is.Positive);

        await transaction.RollbackAsync();
        await setup.ExecuteAsync("DELETE FROM game_sessions");
    }

    // Without its own search path, the trigger would read a temporary table of the caller first.
    [Test]
    public async Task The_trigger_reads_only_its_own_table()
    {
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("CREATE TEMPORARY TABLE guild_channels (channel_id bigint, guild_id bigint)");

        AssertRefused(connection, $"{Insert} (42, 6, 7, 'x', now())");
    }

    [Test]
    public async Task A_refused_create_change_or_clone_changes_no_reference_count()
    {
        var image = Pictures.Content(1);
        var game = await useCases.CreateGameAsync(image);
        await database.ExecuteAsync("INSERT INTO guild_channels (channel_id, guild_id) VALUES (8, 42)");
        var moved = await useCases.SendAsync(new UpdateGame { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(8) });
        await database.ExecuteAsync("UPDATE guild_channels SET guild_id = 43 WHERE channel_id = 8");

        Func<Task>[] attempts =
        [
            () => useCases.SendAsync(NewGame(image)),
            () => useCases.SendAsync(NewGame(Pictures.Content(2))),
            () => useCases.SendAsync(Moved()),
            () => useCases.SendAsync(new CloneGame(game.Id)),
        ];

        foreach (var attempt in attempts)
        {
            var refused = await Assert.ThrowsAsync<FieldRefusedException>(() => attempt());
            Assert.That(refused!.Field, Is.EqualTo("ChannelId"));
            Assert.That(refused.Message, Does.Match(@"^Channel [68] belongs to another guild\.$"));
        }

        // Other fields of the game may still change.
        var renamed = await useCases.SendAsync(new UpdateGame { Id = game.Id, Title = "other" });
        Assert.That(renamed, Is.EqualTo(moved with { Title = "other", UpdatedAt = renamed.UpdatedAt }));
        Assert.That(await database.QueryAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(new[] { 1 }));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);

        await useCases.SendAsync(new DeleteGame(game.Id));
        await database.ExecuteAsync("DELETE FROM guild_channels WHERE channel_id = 8");

        UpdateGame Moved() =>
            new() { Id = game.Id, ChannelId = (Snowflake?)new Snowflake(6), Thumbnail = Pictures.Content(2), Banner = image };

        static CreateGame NewGame(ImageContent thumbnail) => new()
        {
            GuildId = new Snowflake(42),
            ChannelId = new Snowflake(8),
            Title = "x",
            ScheduledAt = DateTime.UnixEpoch,
            Thumbnail = thumbnail,
        };
    }

    private static void AssertRefused(NpgsqlConnection connection, string statement) => Assert.That(
        async () => await connection.ExecuteAsync(statement),
        Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(V0008_GuildChannels.ForeignChannelSqlState));
}
