using FsCheck;
using FsCheck.Fluent;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Games;
using GameImages.Domain.Images;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Images;

/// <summary>
/// Eight workers, who act for four members of three guilds, upload a few images, show them by id and by content, let uploads expire, and
/// repeat requests with the same keys. No image may be lost, left over or miscounted, and no repeated request may make a second game.
/// </summary>
[Category("Long")]
public sealed class UploadCountProperty
{
    private const int Workers = 8;
    private const int StepsEach = 25;
    private const int DifferentImages = 4;
    private const int DifferentKeys = 6;

    private static readonly ImageContent[] Contents = [.. Enumerable.Range(0, DifferentImages).Select(Pictures.Content)];

    private static readonly (string Id, long[] Guilds)[] Members = [("1", [41, 42]), ("2", [42]), ("3", [42, 43]), ("4", [43])];

    private enum Action
    {
        Upload,
        End,
        Expire,
        Create,
        CreateById,
        ReplaceById,
        Replace,
        Clone,
        Delete,
    }

    [Test]
    public void Every_count_is_exact_after_any_concurrent_history_of_uploads_and_games()
    {
        var replay = Environment.GetEnvironmentVariable("FSCHECK_REPLAY") is { Length: > 0 } text ? text.Split(',') : null;
        var seed = replay is null ? (ulong)Random.Shared.NextInt64() : ulong.Parse(replay[0]);
        var gamma = replay is null ? (ulong)Random.Shared.NextInt64() | 1 : ulong.Parse(replay[1]);
        TestContext.Out.WriteLine($"To repeat these histories, set FSCHECK_REPLAY={seed},{gamma}");

        var config = Config.QuickThrowOnFailure.WithMaxTest(15).WithReplay(seed, gamma);
        Prop.ForAll(Histories().ToArbitrary(), history => HoldsAsync(history).GetAwaiter().GetResult()).Check(config);
    }

    private static Gen<Step[][]> Histories()
    {
        var step =
            from action in Gen.Frequency(
                (5, Gen.Constant(Action.Upload)),
                (2, Gen.Constant(Action.End)),
                (2, Gen.Constant(Action.Expire)),
                (2, Gen.Constant(Action.Create)),
                (4, Gen.Constant(Action.CreateById)),
                (3, Gen.Constant(Action.ReplaceById)),
                (1, Gen.Constant(Action.Replace)),
                (2, Gen.Constant(Action.Clone)),
                (4, Gen.Constant(Action.Delete)))
            from member in Gen.Choose(0, Members.Length - 1)
            from game in Gen.Choose(0, 1_000_000)
            from image in Gen.Choose(0, DifferentImages - 1)
            from banner in Gen.Choose(-1, DifferentImages - 1)
            from key in Gen.Choose(-DifferentKeys, DifferentKeys - 1)
            select new Step(action, member, game, image, banner, key);

        return step.ArrayOf(StepsEach).ArrayOf(Workers);
    }

    private static async Task<bool> HoldsAsync(Step[][] history)
    {
        await using var database = await TestDatabase.CreateAsync();
        var members = Members.Select(member => new UseCases(database, new TestCaller(member.Guilds) { Id = member.Id })).ToList();
        var world = new World(database);

        await Task.WhenAll(history.Select(steps => Task.Run(async () =>
        {
            foreach (var step in steps)
                await TryAsync(step, members[step.Member], world);
        })));

        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(await database.QueryAsync<Guid>("SELECT id FROM game_sessions"), Is.EquivalentTo(world.Games));
        Assert.That(
            await database.SingleAsync<long>("SELECT count(*) FROM idempotency_keys"), Is.EqualTo(world.Keys), "a key without an answer");

        // At the end, everything is released.
        await database.ExecuteAsync("DELETE FROM idempotency_keys; UPDATE image_uploads SET expires_at = now()");
        foreach (var (id, guild) in await database.QueryAsync<(Guid, long)>("SELECT id, guild_id FROM game_sessions"))
            await members[Array.FindIndex(Members, member => member.Guilds.Contains(guild))].SendAsync(new DeleteGame(id));
        while (await members[0].SendAsync(new EndExpiredUploads()))
            continue;
        Assert.That(
            await database.SingleAsync<long>(
                """
                SELECT (SELECT count(*) FROM game_images) + (SELECT count(*) FROM image_uploads) + (SELECT count(*) FROM guild_images)
                    + (SELECT coalesce(sum(games + images + bytes), 0)::bigint FROM guild_usage)
                """),
            Is.Zero);

        foreach (var member in members)
            await member.DisposeAsync();
        return true;
    }

    private static async Task TryAsync(Step step, UseCases member, World world)
    {
        try
        {
            await TakeAsync(step, member, world);
        }
        catch (Exception refusal)
            when (refusal is NotFoundException or FieldRefusedException or RequestInProgressException or KeyReusedException)
        {
            // Another worker deleted the game or ended the upload first, the member has no such image, or another worker uses the key.
        }
    }

    private static async Task TakeAsync(Step step, UseCases member, World world)
    {
        var guilds = Members[step.Member].Guilds;
        var guild = guilds[step.Game % guilds.Length];
        var content = Contents[step.Image];
        var banner = step.Banner < 0 ? null : Contents[step.Banner];
        var request = UseCases.NewGame(guild) with { Key = Key(step) };

        switch (step.Action)
        {
            case Action.Upload:
                var inGuild = step.Banner < 0 ? null : (Snowflake?)new Snowflake(guild);
                world.Answered(step, (await member.SendAsync<Answer<ImageUpload>>(new UploadImage(content, inGuild, Key(step)))).Value.Id);
                break;
            case Action.End:
                await member.SendAsync(new EndUpload(await world.FindAsync(content)));
                break;
            case Action.Expire:
                await world.ExpireAsync(Members[step.Game % Members.Length].Id, await world.FindAsync(content));
                await member.SendAsync(new EndExpiredUploads());
                break;
            case Action.Create:
                world.Created(step, await member.SendAsync<Answer<GameResponse>>(request with { Thumbnail = content, Banner = banner }));
                break;
            case Action.CreateById:
                world.Created(step, await member.SendAsync<Answer<GameResponse>>(
                    request with { ThumbnailId = await world.FindAsync(content), Banner = banner }));
                break;
            default:
                if (world.Pick(step.Game) is { } game)
                    await ChangeAsync(step, member, world, game);
                break;
        }
    }

    private static async Task ChangeAsync(Step step, UseCases member, World world, Guid game)
    {
        var content = Contents[step.Image];
        switch (step.Action)
        {
            case Action.ReplaceById:
                await member.SendAsync(new UpdateGame
                {
                    Id = game,
                    BannerImageId = await world.FindAsync(content),
                    RemoveThumbnail = step.Banner < 0,
                });
                break;
            case Action.Replace:
                await member.SendAsync(new UpdateGameImages(game, new(content, default)));
                break;
            case Action.Clone:
                world.Created(step, await member.SendAsync<Answer<GameResponse>>(new CloneGame(game, Key(step))));
                break;
            case Action.Delete:
                await member.SendAsync(new DeleteGame(game));
                world.Deleted(game);
                break;
        }
    }

    // Half of the requests have no key. The kind of the request is its fingerprint.
    private static IdempotencyKey? Key(Step step) =>
        step.Key < 0 ? null : new($"{step.Key}", Contents[step.Action is Action.Upload ? 0 : step.Action is Action.Clone ? 1 : 2].Hash);

    private sealed record Step(Action Action, int Member, int Game, int Image, int Banner, int Key);

    /// <summary>The games that were created and not deleted, and the first answer for each key.</summary>
    private sealed class World(TestDatabase database)
    {
        // Protects the fields below. Eight workers use them at once. It is held for one operation. Others wait.
        private readonly Lock turn = new();
        private readonly List<Guid> games = [];
        private readonly Dictionary<(int Member, int Key), Guid> answers = [];

        public IReadOnlyList<Guid> Games => games;

        public int Keys => answers.Count;

        public void Created(Step step, Answer<GameResponse> answer)
        {
            Answered(step, answer.Value.Id);
            if (answer.IsReplayed)
                return;

            lock (turn)
                games.Add(answer.Value.Id);
        }

        public void Answered(Step step, Guid id)
        {
            if (step.Key < 0)
                return;

            lock (turn)
            {
                if (!answers.TryAdd((step.Member, step.Key), id))
                    Assert.That(id, Is.EqualTo(answers[(step.Member, step.Key)]), "the answer of a repeated request");
            }
        }

        public void Deleted(Guid id)
        {
            lock (turn)
                games.Remove(id);
        }

        public Guid? Pick(int number)
        {
            lock (turn)
                return games.Count == 0 ? null : games[number % games.Count];
        }

        public async Task<Guid> FindAsync(ImageContent content) =>
            (await database.QueryAsync<Guid>("SELECT id FROM game_images WHERE content_hash = @hash", new { hash = content.Hash.ToDigest() }))
            .SingleOrDefault();

        public Task ExpireAsync(string member, Guid image) => database.ExecuteAsync(
            "UPDATE image_uploads SET expires_at = now() WHERE user_id = @member AND image_id = @image", new { member, image });
    }
}
