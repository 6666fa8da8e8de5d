using FsCheck;
using FsCheck.Fluent;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>Eight workers change a few games and images at once, at random. No image may be lost, left over or miscounted.</summary>
[Category("Long")]
public sealed class ReferenceCountProperty
{
    private const int Workers = 8;
    private const int StepsEach = 25;
    private const int DifferentImages = 4;

    private static readonly ImageContent[] Contents = [.. Enumerable.Range(0, DifferentImages).Select(Pictures.Content)];

    private enum Action
    {
        Create,
        Replace,
        Remove,
        Clone,
        Delete,
    }

    [Test]
    public void Every_count_equals_its_references_after_any_concurrent_history()
    {
        var replay = Environment.GetEnvironmentVariable("FSCHECK_REPLAY") is { Length: > 0 } text ? text.Split(',') : null;
        var seed = replay is null ? (ulong)Random.Shared.NextInt64() : ulong.Parse(replay[0]);
        var gamma = replay is null ? (ulong)Random.Shared.NextInt64() | 1 : ulong.Parse(replay[1]);
        TestContext.Out.WriteLine($"To repeat these histories, set FSCHECK_REPLAY={seed},{gamma}");

        var config = Config.QuickThrowOnFailure.WithMaxTest(20).WithReplay(seed, gamma);
        Prop.ForAll(Histories().ToArbitrary(), history => HoldsAsync(history).GetAwaiter().GetResult()).Check(config);
    }

    private static Gen<Step[][]> Histories()
    {
        var step =
            from action in Gen.Frequency(
                (3, Gen.Constant(Action.Create)),
                (4, Gen.Constant(Action.Replace)),
                (1, Gen.Constant(Action.Remove)),
                (2, Gen.Constant(Action.Clone)),
                (3, Gen.Constant(Action.Delete)))
            from game in Gen.Choose(0, int.MaxValue - 1)
            from thumbnail in Gen.Choose(-1, DifferentImages - 1)
            from banner in Gen.Choose(-1, DifferentImages - 1)
            select new Step(action, game, thumbnail, banner);

        return step.ArrayOf(StepsEach).ArrayOf(Workers);
    }

    private static async Task<bool> HoldsAsync(Step[][] history)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        var games = new Games();

        await Task.WhenAll(history.Select(steps => Task.Run(async () =>
        {
            foreach (var step in steps)
                await TakeAsync(step, useCases, games);
        })));

        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);

        // A game and its image could be lost together, so the games are checked too.
        Assert.That(await database.QueryAsync<Guid>("SELECT id FROM game_sessions"), Is.EquivalentTo(games.Ids));
        return true;
    }

    private static async Task TakeAsync(Step step, UseCases useCases, Games games)
    {
        var thumbnail = Content(step.Thumbnail);
        var banner = Content(step.Banner);

        if (step.Action == Action.Create)
        {
            games.Add((await useCases.CreateGameAsync(thumbnail, banner)).Id);
            return;
        }

        if (games.Pick(step.Game) is not { } id)
            return;

        try
        {
            switch (step.Action)
            {
                case Action.Replace:
                    var changed = await useCases.SendAsync(new UpdateGameImages(id, new(thumbnail, banner)));
                    Assert.That(changed.ThumbnailId is null, Is.EqualTo(thumbnail is null));
                    Assert.That(changed.BannerImageId is null, Is.EqualTo(banner is null));
                    break;
                case Action.Remove:
                    await useCases.SendAsync(new UpdateGameImages(id, new((ImageContent?)null, default)));
                    break;
                case Action.Clone:
                    games.Add((await useCases.SendAsync(new CloneGame(id))).Id);
                    break;
                case Action.Delete:
                    await useCases.SendAsync(new DeleteGame(id));
                    games.Remove(id);
                    break;
            }
        }
        catch (NotFoundException)
        {
            // Another worker deleted it first.
        }
    }

    private static ImageContent? Content(int number) => number < 0 ? null : Contents[number];

    private sealed record Step(Action Action, int Game, int Thumbnail, int Banner);

    /// <summary>The games that were created and not deleted.</summary>
    private sealed class Games
    {
        // The lock on this list protects it. Eight workers use it at once, and a list is not safe for that. It is held for one operation
        // of the list. Others wait.
        private readonly List<Guid> ids = [];

        public IReadOnlyList<Guid> Ids => ids;

        public void Add(Guid id)
        {
            lock (ids)
                ids.Add(id);
        }

        public void Remove(Guid id)
        {
            lock (ids)
                ids.Remove(id);
        }

        public Guid? Pick(int number)
        {
            lock (ids)
                return ids.Count == 0 ? null : ids[number % ids.Count];
        }
    }
}
