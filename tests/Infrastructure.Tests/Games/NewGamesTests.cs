using Dapper;
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
        var games = await WhileThePictureIsLockedAsync(() => [.. Enumerable.Range(0, Games).Select(_ => useCases.CreateGameAsync(Popular))]);

        Assert.That(games.Select(game => game.Id), Is.Unique);
        Assert.That(games.Select(game => game.Version).Distinct().Count(), Is.LessThan(Games / 2));
        Assert.That(await database.SingleAsync<int>("SELECT reference_count FROM game_images"), Is.EqualTo(Games + 1));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Games_of_different_guilds_are_committed_together_and_each_is_its_own_guild_s()
    {
        var newGames = await useCases.WithAsync((NewGames shared) => Task.FromResult(shared));
        await using var others = new UseCases(database, new TestCaller(43), services => services.AddSingleton(newGames));
        var games = await WhileThePictureIsLockedAsync(() => [.. Enumerable.Range(0, Games).Select(number => number % 2 == 0 ? useCases.CreateGameAsync(Popular) : others.CreateGameAsync(Popular, guild: 43))]);

        Assert.That(games.Select(game => game.Version).Distinct().Count(), Is.LessThan(Games / 2));
        Assert.That(games.Count(game => game.GuildId == new Snowflake(43)), Is.EqualTo(Games / 2));
        Assert.That(async () => await others.SendAsync(new GetGame(games[0].Id)), Throws.TypeOf<Application.NotFoundException>());
        Assert.That(await others.SendAsync(new GetGame(games[1].Id)), Is.EqualTo(games[1]));
    }

    [Test]
    public async Task A_game_that_cannot_be_written_keeps_no_other_from_it()
    {
        await database.ExecuteAsync("ALTER TABLE game_sessions ADD CHECK (max_players <> 13)");
        Task<GameResponse>[] creates = [];
        await Task.WhenAny(WhileThePictureIsLockedAsync(() => creates = [.. Enumerable.Range(0, Games).Select(number => useCases.SendAsync(Create(number + 1)))]));
        await Task.WhenAll(creates.Select(create => create.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.That(creates.Count(create => create.IsCompletedSuccessfully), Is.EqualTo(Games - 1));
        Assert.That(creates[12].Exception?.InnerException, Is.TypeOf<PostgresException>());
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

    private static CreateGame Create(int players) => new()
    {
        GuildId = new Snowflake(UseCases.Guild),
        ChannelId = new Snowflake(5),
        Title = "Dune: Imperium",
        ScheduledAt = new DateTime(2026, 2, 7, 19, 30, 0, DateTimeKind.Utc),
        MaxPlayers = players,
        Thumbnail = Popular,
    };

    // Until all of them have looked for the picture and one of them waits for it.
    private async Task<GameResponse[]> WhileThePictureIsLockedAsync(Func<Task<GameResponse>[]> create)
    {
        await using var holder = await database.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("SELECT FROM game_images FOR UPDATE", transaction: held);
        var creates = create();
        Assert.That(await database.WaitForWaitersAsync(), Has.Count.EqualTo(1));
        await held.CommitAsync();
        return await Task.WhenAll(creates);
    }
}
