using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

public sealed class RowSecurityTests
{
    private TestDatabase database = null!;
    private UseCases useCases = null!;
    private PublicImages publicImages = null!;

    [OneTimeSetUp]
    public async Task Create_games_of_two_guilds()
    {
        DapperTypes.Register();
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
        publicImages = await useCases.WithAsync((PublicImages shared) => Task.FromResult(shared));
        await database.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at)
            VALUES (42, 5, 7, 'ours', now()), (43, 5, 7, 'theirs', now())
            """);
    }

    [OneTimeTearDown]
    public async Task Drop_the_database()
    {
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [TestCase(null, "")]
    [TestCase("", "")]
    [TestCase("42", "ours")]
    [TestCase("43", "theirs")]
    [TestCase("42,43", "ours theirs")]
    [TestCase("44", "")]
    public async Task The_service_sees_the_guilds_of_the_setting(string? setting, string titles) =>
        Assert.That(await TitlesAsync(setting), Is.EqualTo(titles));

    [TestCase("42) OR (true")]
    [TestCase("42,{43}")]
    [TestCase("*")]
    [TestCase("NULL")]
    public void A_setting_that_is_not_a_list_of_ids_is_an_error(string setting) =>
        Assert.That(
            async () => await TitlesAsync(setting),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidTextRepresentation));

    [TestCase("INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (43, 5, 7, 'smuggled', now())")]
    [TestCase("UPDATE game_sessions SET guild_id = 43")]
    public async Task No_row_can_be_written_into_another_guild(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(RowSecurity.Sql, new { guildIds = "42" });

        Assert.That(
            async () => await connection.ExecuteAsync(attempt),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [TestCase("UPDATE game_sessions SET title = 'mine'")]
    [TestCase("DELETE FROM game_sessions")]
    public async Task No_row_of_another_guild_can_be_changed(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(RowSecurity.Sql, new { guildIds = "42" });

        Assert.That(await connection.ExecuteAsync(attempt), Is.EqualTo(1));
    }

    [Test]
    public async Task Row_security_applies_to_the_owner_as_well()
    {
        await using var connection = await database.OpenAsync(EmbeddedPostgres.EmbeddedServer.Owner);
        Assert.That(await connection.QueryAsync<string>("SELECT title FROM game_sessions"), Is.Empty);
    }

    [Category("Long")]
    [Test]
    public async Task Ten_thousand_alternating_requests_over_one_connection_see_their_own_guild_only()
    {
        // The reset of Npgsql would hide a setting that outlives its transaction, so it is off.
        await using var source = NpgsqlDataSource.Create(
            $"{database.ConnectionString(Roles.App)};Maximum Pool Size=1;No Reset On Close=true");
        var pool = new GameDatabase(source);
        var guilds = new[] { (Caller: new TestCaller(42), Title: "ours"), (Caller: new TestCaller(43), Title: "theirs") };

        for (var request = 0; request < 10_000; request++)
        {
            var (caller, title) = guilds[request % 2];
            var reader = new GameReader(pool, new(source, source), caller);

            switch (request % 5)
            {
                case 0:
                    // This transaction fails before its end.
                    var ledger = new GameLedger(pool, new NewGames(pool, TimeProvider.System), publicImages, caller, new());
                    await using (var work = ledger.Begin())
                    {
                        Assert.That(
                            async () => await work.LockGameAsync(Guid.NewGuid(), null, CancellationToken.None),
                            Throws.TypeOf<NotFoundException>());
                    }

                    break;
                case 1:
                    Assert.That(
                        async () => await reader.ListAsync(new ListGames(), -1, CancellationToken.None),
                        Throws.TypeOf<PostgresException>());
                    break;
                default:
                    var games = await reader.ListAsync(new ListGames(), 10, CancellationToken.None);
                    Assert.That(games.Games.Select(game => game.Title), Is.EqualTo(new[] { title }));
                    break;
            }

            if (request % 100 == 0)
            {
                await using var connection = await source.OpenConnectionAsync();
                Assert.That(
                    await connection.QuerySingleAsync<string>("SELECT coalesce(current_setting('app.current_guild_ids', true), '')"),
                    Is.Empty);
                Assert.That(await connection.QuerySingleAsync<string>("SHOW statement_timeout"), Is.EqualTo("0"));
            }
        }
    }

    [Category("Process")]
    [Test]
    public async Task Two_guilds_that_share_one_connection_of_PgBouncer_see_their_own_guild_only()
    {
        if (!PgBouncer.IsInstalled)
            Prerequisite.Missing("PgBouncer is not installed. On Debian, run: apt-get install pgbouncer");

        using var bouncer = await PgBouncer.StartAsync(database, Roles.App);
        await using var source = NpgsqlDataSource.Create(bouncer.ConnectionString);
        var pool = new GameDatabase(source);

        await Task.WhenAll(
            new[] { (Guild: 42, Title: "ours"), (Guild: 43, Title: "theirs") }.Select(guild =>
                Task.Run(async () =>
                {
                    var caller = new TestCaller(guild.Guild);
                    var reader = new GameReader(pool, new(source, source), caller);
                    var ledger = new GameLedger(pool, new NewGames(pool, TimeProvider.System), publicImages, caller, new());

                    for (var request = 0; request < 1000; request++)
                    {
                        if (request % 10 == 0)
                            await CreateAndDeleteAsync(ledger, guild.Guild);

                        var games = await reader.ListAsync(new ListGames(), 10, CancellationToken.None);
                        Assert.That(games.Games.Select(game => game.Title), Is.EqualTo(new[] { guild.Title }));
                    }
                })));

        await using var connection = await source.OpenConnectionAsync();
        Assert.That(
            await database.SingleAsync<int>(
                "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'PgBouncer'"),
            Is.EqualTo(1));
        Assert.That(
            await connection.QuerySingleAsync<string>("SELECT coalesce(current_setting('app.current_guild_ids', true), '')"),
            Is.Empty);
    }

    [Test]
    public async Task Deleting_an_image_clears_it_in_games_that_no_caller_can_see()
    {
        await using var useCases = new UseCases(database);
        var image = await useCases.SendAsync(new StoreImage(Pictures.Content(1)));
        await database.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id)
            VALUES (44, 5, 7, 'stale', now(), @image)
            """,
            new { image });

        await useCases.SendAsync(new ReleaseImage(image));
        Assert.That(await database.SingleAsync<Guid?>("SELECT thumbnail_id FROM game_sessions WHERE guild_id = 44"), Is.Null);
        await database.ExecuteAsync("DELETE FROM game_sessions WHERE guild_id = 44");
    }

    private static async Task CreateAndDeleteAsync(GameLedger ledger, long guild)
    {
        var details = new GameDetails
        {
            ChannelId = new Snowflake(5),
            HostId = new Snowflake(7),
            Title = "short-lived",
            ScheduledAt = DateTime.UnixEpoch,
        };
        await using var creation = ledger.Begin();
        var game = await creation.CommitInsertAsync(Game.Schedule(new Snowflake(guild), details), CancellationToken.None);
        await using var deletion = ledger.Begin();
        await deletion.CommitDeleteAsync(await deletion.LockGameAsync(game.Id, null, CancellationToken.None));
    }

    private async Task<string> TitlesAsync(string? setting)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var transaction = await connection.BeginTransactionAsync();

        if (setting is not null)
            await connection.ExecuteAsync(RowSecurity.Sql, new { guildIds = setting });

        return string.Join(' ', await connection.QueryAsync<string>("SELECT title FROM game_sessions ORDER BY title"));
    }
}
