using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

public sealed class NewGamesTests
{
    private const int Games = 50;

    // The first game, then the largest allowed group of games, then the rest.
    private const int Transactions = 3;

    private static readonly ImageContent Popular = Pictures.Content(1);

    private TestDatabase database = null!;
    private UseCases useCases = null!;

    [SetUp]
    public async Task Create_the_database_and_a_popular_image()
    {
        database = await TestDatabase.CreateAsync();
        useCases = new UseCases(database);
        await useCases.CreateGameAsync(Popular);
    }

    [TearDown]
    public async Task Drop_the_database()
    {
        await useCases.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task Games_that_wait_for_one_image_share_a_connection_and_are_committed_together()
    {
        var games = await Task.WhenAll(await WaitTogetherAsync(_ => PrepareAsync(useCases)));

        Assert.That(games.Select(game => game.Id), Is.Unique);
        Assert.That(await CountTransactionsAsync(games), Is.EqualTo(Transactions));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games + 1));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Games_of_different_guilds_are_committed_together_and_stay_separate()
    {
        var newGames = await useCases.WithAsync((NewGames shared) => Task.FromResult(shared));
        await using var others = new UseCases(database, new TestCaller(43), services => services.AddSingleton(newGames));
        var games = await Task.WhenAll(
            await WaitTogetherAsync(number => number % 2 == 0 ? PrepareAsync(useCases) : PrepareAsync(others, guild: 43)));

        Assert.That(await CountTransactionsAsync(games), Is.EqualTo(Transactions));
        Assert.That(games.Count(game => game.GuildId == new Snowflake(43)), Is.EqualTo(Games / 2));
        Assert.That(async () => await others.SendAsync(new GetGame(games[0].Id)), Throws.TypeOf<NotFoundException>());
        Assert.That(await others.SendAsync(new GetGame(games[1].Id)), Is.EqualTo(games[1]));
    }

    [Test]
    public async Task A_game_that_cannot_be_inserted_does_not_stop_the_others()
    {
        await database.ExecuteAsync("ALTER TABLE game_sessions ADD CONSTRAINT unlucky CHECK (max_players <> 13)");
        var games = await WaitTogetherAsync(number => PrepareAsync(useCases, players: number + 1));

        Assert.That(async () => await games[12], Throws.TypeOf<PostgresException>().With.Property("ConstraintName").EqualTo("unlucky"));
        await Task.WhenAll(games.Where((_, number) => number != 12));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_game_whose_channel_belongs_to_another_guild_does_not_stop_the_others()
    {
        await database.ExecuteAsync("INSERT INTO guild_channels (channel_id, guild_id) VALUES (13, 43)");
        var games = await WaitTogetherAsync(number => PrepareAsync(useCases, channel: number + 1));

        Assert.That(
            async () => await games[12],
            Throws.TypeOf<FieldRefusedException>().With.Message.EqualTo("Channel 13 belongs to another guild."));
        await Task.WhenAll(games.Where((_, number) => number != 12));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Games_that_exceed_a_quota_do_not_stop_the_others()
    {
        var newGames = await useCases.WithAsync((NewGames shared) => Task.FromResult(shared));
        await using var others = new UseCases(
            database, new TestCaller(43), services => services.AddSingleton(newGames).AddSingleton(new Quotas(GuildGames: 3)));
        var games = await WaitTogetherAsync(
            number => number % 2 == 0 ? PrepareAsync(useCases) : PrepareAsync(others, guild: 43));

        await Task.WhenAll(games.Where((_, number) => number % 2 == 0));
        var outcomes = await Task.WhenAll(games.Where((_, number) => number % 2 == 1).Select(game => game.ContinueWith(
            done => done.Exception?.InnerException, TaskScheduler.Default)));
        Assert.That(outcomes.Count(fault => fault is null), Is.EqualTo(3));
        Assert.That(outcomes.Count(fault => fault is QuotaExceededException { Quota: "guild_games" }), Is.EqualTo(Games / 2 - 3));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(1 + Games / 2 + 3));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Games_that_waited_for_a_deleted_image_store_it_again()
    {
        await using var holder = await database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("UPDATE game_sessions SET thumbnail_id = NULL; DELETE FROM game_images", transaction: held);
        var creates = Enumerable.Range(0, Games).Select(_ => useCases.CreateGameAsync(Popular)).ToList();
        await database.WaitForWaitersAsync();
        await held.CommitAsync();
        var games = await Task.WhenAll(creates);

        Assert.That(games.Select(game => game.ThumbnailId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games));
    }

    [Test]
    public async Task A_game_that_waits_too_long_for_others_is_not_created()
    {
        var time = new HeldTime();
        await using var slow = new UseCases(database, configure: services => services.AddSingleton<TimeProvider>(time));
        var first = await PrepareAsync(slow);
        var second = await PrepareAsync(slow);
        await using var holder = await HoldAsync();

        var created = first();
        var refused = second();
        (await time.NextAsync(NewGames.MaxWait)).End();
        Assert.That(async () => await refused, Throws.TypeOf<NpgsqlException>());

        await holder.DisposeAsync();
        await created;
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM game_sessions"), Is.EqualTo(2));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_request_cancelled_before_its_turn_creates_no_game()
    {
        using var leaving = new CancellationTokenSource();
        var first = await PrepareAsync(useCases);
        var second = await PrepareAsync(useCases, ct: leaving.Token);
        await using var holder = await HoldAsync();

        var created = first();
        var left = second();
        await leaving.CancelAsync();
        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());

        await holder.DisposeAsync();
        await created;
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM game_sessions"), Is.EqualTo(2));
    }

    [Test]
    public async Task Statements_that_time_out_change_nothing_and_are_not_repeated_for_each_game()
    {
        await using var impatient = NpgsqlDataSource.Create($"{database.ConnectionString(Roles.App)};Command Timeout=1");
        var newGames = new NewGames(new(impatient), TimeProvider.System);
        var id = await database.SingleAsync<Guid>("SELECT id FROM game_images");
        var image = new ImageWrite(new(id, Popular.Hash, Popular.Format, Popular.Size, 1), null, RowState.Stored) { CountDelta = 1 };
        var written = 0;
        await using var holder = await HoldAsync();

        var caller = CallerSettings.Of(new TestCaller(42), new());
        var games = Enumerable.Range(0, 4)
            .Select(_ => newGames.CommitAsync(new(Guid.NewGuid(), new(42), caller, [image], Write), default))
            .ToArray();
        foreach (var game in games)
            Assert.That(async () => await game, Throws.TypeOf<NpgsqlException>().With.InnerException.TypeOf<TimeoutException>());

        Assert.That(written, Is.EqualTo(games.Length));

        NpgsqlBatchCommand Write()
        {
            written++;
            return new("SELECT");
        }
    }

    /// <returns>A function that commits a game whose image was found already.</returns>
    private static Task<Func<Task<GameResponse>>> PrepareAsync(
        UseCases useCases,
        long guild = UseCases.Guild,
        long channel = 5,
        int? players = null,
        CancellationToken ct = default) => useCases.WithAsync(async (IGameLedger ledger) =>
    {
        var work = ledger.Begin();
        var game = Game.Schedule(new Snowflake(guild), new()
        {
            ChannelId = new Snowflake(channel),
            HostId = new Snowflake(7),
            Title = "Dune: Imperium",
            ScheduledAt = DateTime.UnixEpoch,
            MaxPlayers = players,
        });
        game.ShowThumbnail((await work.FindImagesAsync([Popular], CancellationToken.None)).Single());
        return (Func<Task<GameResponse>>)(() => work.CommitInsertAsync(game, ct));
    });

    private Task<int> CountTransactionsAsync(GameResponse[] games) => database.SingleAsync<int>(
        "SELECT count(DISTINCT xmin::text)::int FROM game_sessions WHERE id = ANY(@ids)",
        new { ids = games.Select(game => game.Id).ToArray() });

    /// <returns>A connection that locks the row of the image until it is disposed.</returns>
    private async Task<NpgsqlConnection> HoldAsync()
    {
        var holder = await database.OpenAsync();
        await holder.ExecuteAsync("BEGIN; SELECT FROM game_images FOR UPDATE");
        return holder;
    }

    private async Task<Task<GameResponse>[]> WaitTogetherAsync(Func<int, Task<Func<Task<GameResponse>>>> prepareAsync)
    {
        var commits = await Task.WhenAll(Enumerable.Range(0, Games).Select(prepareAsync));
        await using var holder = await HoldAsync();

        var games = commits.Select(commitAsync => commitAsync()).ToArray();
        Assert.That(await database.WaitForWaitersAsync(), Has.Count.EqualTo(1));
        return games;
    }
}
