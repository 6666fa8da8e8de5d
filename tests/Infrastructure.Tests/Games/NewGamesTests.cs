using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Games;
using GameImages.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

public sealed class NewGamesTests
{
    private const int Games = 50;

    // The first one, as many as go together at most, and the rest.
    private const int Transactions = 3;

    private static readonly ImageContent Popular = Pictures.Content(1);

    private TestDatabase database = null!;
    private UseCases useCases = null!;

    [SetUp]
    public async Task Store_a_popular_picture()
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
    public async Task Games_that_wait_for_the_same_picture_take_one_connection_and_are_committed_together()
    {
        var games = await Task.WhenAll(await WaitTogetherAsync(_ => PrepareAsync(useCases)));

        Assert.That(games.Select(game => game.Id), Is.Unique);
        Assert.That(games.Select(game => game.Version).Distinct().Count(), Is.EqualTo(Transactions));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games + 1));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Games_of_different_guilds_are_committed_together_and_each_is_its_own_guild_s()
    {
        var newGames = await useCases.WithAsync((NewGames shared) => Task.FromResult(shared));
        await using var others = new UseCases(database, new TestCaller(43), services => services.AddSingleton(newGames));
        var games = await Task.WhenAll(await WaitTogetherAsync(number => number % 2 == 0 ? PrepareAsync(useCases) : PrepareAsync(others, guild: 43)));

        Assert.That(games.Select(game => game.Version).Distinct().Count(), Is.EqualTo(Transactions));
        Assert.That(games.Count(game => game.GuildId == new Snowflake(43)), Is.EqualTo(Games / 2));
        Assert.That(async () => await others.SendAsync(new GetGame(games[0].Id)), Throws.TypeOf<NotFoundException>());
        Assert.That(await others.SendAsync(new GetGame(games[1].Id)), Is.EqualTo(games[1]));
    }

    [Test]
    public async Task A_game_that_cannot_be_written_keeps_no_other_from_it()
    {
        await database.ExecuteAsync("ALTER TABLE game_sessions ADD CONSTRAINT unlucky CHECK (max_players <> 13)");
        var games = await WaitTogetherAsync(number => PrepareAsync(useCases, players: number + 1));

        Assert.That(async () => await games[12], Throws.TypeOf<PostgresException>().With.Property("ConstraintName").EqualTo("unlucky"));
        await Task.WhenAll(games.Where((_, number) => number != 12));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Games_that_waited_for_a_picture_which_went_store_it_anew()
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

    /// <returns>What commits a game that has found its picture.</returns>
    private static Task<Func<Task<GameResponse>>> PrepareAsync(UseCases useCases, long guild = UseCases.Guild, int? players = null) => useCases.WithAsync(async (IGameLedger ledger) =>
    {
        var transaction = ledger.Begin();
        var game = Game.Schedule(new Snowflake(guild), new()
        {
            ChannelId = new Snowflake(5),
            HostId = new Snowflake(7),
            Title = "Dune: Imperium",
            ScheduledAt = DateTime.UnixEpoch,
            MaxPlayers = players,
        });
        game.ShowThumbnail((await transaction.FindImagesAsync([Popular], CancellationToken.None)).Single());
        return (Func<Task<GameResponse>>)(() => transaction.CommitInsertAsync(game));
    });

    private async Task<Task<GameResponse>[]> WaitTogetherAsync(Func<int, Task<Func<Task<GameResponse>>>> prepareAsync)
    {
        var commits = await Task.WhenAll(Enumerable.Range(0, Games).Select(prepareAsync));
        await using var holder = await database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("SELECT FROM game_images FOR UPDATE", transaction: held);

        var games = commits.Select(commitAsync => commitAsync()).ToArray();
        Assert.That(await database.WaitForWaitersAsync(), Has.Count.EqualTo(1));
        await held.CommitAsync();
        return games;
    }
}
