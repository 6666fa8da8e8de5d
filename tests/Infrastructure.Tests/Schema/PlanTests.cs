using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>The owner makes a plan. Row-level security hides every game from the owner, but the plan must count all of them.</summary>
public sealed class PlanTests
{
    private static readonly ImageContent Shared = Pictures.Content(1);
    private static readonly ImageContent Own = Pictures.Content(2);
    private static readonly ImageContent Uploaded = Pictures.Content(4);
    private static readonly ImageContent Unused = ImageContent.Read(Pictures.Gif(3), new());

    [Test]
    public async Task A_plan_down_to_version_0_counts_the_data_of_all_guilds()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(database, new TestCaller(42, 43)))
        {
            await useCases.CreateGameAsync(Shared, Shared);
            await useCases.CreateGameAsync(Shared, Own, guild: 43);
            await useCases.CreateGameAsync();
            await useCases.SendAsync(new StoreImage(Unused));
            await useCases.UploadAsync(Own);
            await useCases.UploadAsync(Uploaded);
        }

        await database.ExecuteAsync(
            """
            INSERT INTO blocked_hashes (content_hash) VALUES (sha256('a')), (sha256('b'));
            UPDATE game_images SET quarantined_at = now() WHERE mime_type = 'image/gif';
            INSERT INTO guild_channels VALUES (6, 42), (7, 43);
            """);
        var shared = Shared.Bytes.Length;
        var own = Own.Bytes.Length;
        var unused = Unused.Bytes.Length;
        var uploaded = Uploaded.Bytes.Length;

        Assert.That(await PlanAsync(database, to: 0), Is.EqualTo(new SchemaStep[]
        {
            new(13, 12,
                "deletes 0 texts that describe images, and 0 smaller copies, which the worker can make again", 0, 0, LosesData: false),
            new(12, 11, "forgets the answers to requests, so a request that is repeated is carried out again", 0, 0, LosesData: false),
            new(11, 10, "ends 2 uploads, and deletes 1 image that no game shows", 2, uploaded, LosesData: true),
            new(10, 9, "drops the form of the titles that searches compare", 0, 0, LosesData: false),
            new(9, 8, "announces a change only to the fields that a game had in version 7", 0, 0, LosesData: false),
            new(8, 7, "deletes the recorded guild of 2 channels; the bot asks Discord about them again", 2, 0, LosesData: false),
            new(7, 6,
                "deletes the records of 0 announced messages, which the bot then no longer edits, and 3 events to announce",
                3, 0, LosesData: true),
            new(6, 5, "drops the index for lists of games by status", 0, 0, LosesData: false),
            new(5, 4, "stops the notifications of changed and deleted images", 0, 0, LosesData: false),
            new(4, 3, "deletes the list of 2 blocked images and serves 1 image of the quarantine again", 3, 0, LosesData: true),
            new(3, 2,
                "takes the privileges from the roles, and shows every game to each role that may read games", 0, 0, LosesData: false),
            new(2, 1,
                "moves 2 images back into 2 games and drops 2 images that no game shows; "
                    + "images get new ids and URLs when they are moved up again",
                4, shared + own + unused + uploaded, LosesData: true),
            new(1, 0, "drops 3 games", 3, 3 * shared + own, LosesData: true),
        }));
        Assert.That(await database.SingleAsync<bool>("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'game_sessions'"), Is.True);
    }

    [Test]
    public async Task Version_11_counts_the_games_that_it_finds_and_the_way_back_releases_the_uploads()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(database, new TestCaller(42, 43)))
        {
            var game = await useCases.CreateGameAsync(Shared, Shared);
            await useCases.CreateGameAsync(Shared, Own, guild: 43);
            await useCases.CreateGameAsync();
            await useCases.UploadAsync(Own, 42);
            await useCases.UploadAsync(Uploaded, 43);
            await useCases.SendAsync(new CloneGame(game.Id));
        }

        var schema = new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner));
        await schema.MigrateAsync(10, default);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM game_images"), Is.EqualTo(2));

        await schema.MigrateAsync(SchemaMigrator.LatestVersion, default);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(
            await database.QueryAsync<string>("SELECT concat_ws(' ', guild_id, games, images) FROM guild_usage ORDER BY guild_id"),
            Is.EqualTo(new[] { "42 3 1", "43 1 2" }));
    }

    [Test]
    public async Task A_plan_up_from_version_1_counts_the_images_that_move()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync("both", Shared.Bytes.ToArray(), "image/png", Own.Bytes.ToArray(), null);
        await games.InsertAsync("one", null, null, Shared.Bytes.ToArray(), "image/png");
        await games.InsertAsync("none", null, null, null, null);

        var steps = await PlanAsync(database, SchemaMigrator.LatestVersion);
        Assert.That(
            steps[0],
            Is.EqualTo(new SchemaStep(
                1, 2,
                "moves 2 images of 2 games into their own table, which stores each image once",
                2, 2 * Shared.Bytes.Length, LosesData: false)));
        Assert.That(steps.Select(step => step.From), Is.EqualTo(Enumerable.Range(1, SchemaMigrator.LatestVersion - 1)));
        Assert.That(steps.Select(step => step.To), Is.EqualTo(Enumerable.Range(2, SchemaMigrator.LatestVersion - 1)));
        Assert.That(steps.Select(step => step.LosesData), Is.All.False);
        Assert.That(
            await PlanAsync(database, to: 0),
            Is.EqualTo(new SchemaStep[] { new(1, 0, "drops 3 games", 3, 2 * Shared.Bytes.Length + Own.Bytes.Length, LosesData: true) }));
    }

    [Test]
    public async Task A_plan_for_an_empty_database_loses_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.That(await PlanAsync(database, SchemaMigrator.LatestVersion), Is.Empty);
        AssertNothingIsLost(await PlanAsync(database, to: 0));

        await using var fresh = await TestDatabase.CreateAsync(schemaVersion: 0);
        AssertNothingIsLost(await PlanAsync(fresh, SchemaMigrator.LatestVersion));
    }

    private static void AssertNothingIsLost(IReadOnlyList<SchemaStep> steps) => Assert.Multiple(() =>
    {
        Assert.That(steps, Is.Not.Empty);
        Assert.That(steps.Select(step => step.Rows), Is.All.Zero);
        Assert.That(steps.Select(step => step.Bytes), Is.All.Zero);
        Assert.That(steps.Select(step => step.LosesData), Is.All.False);
    });

    private static Task<IReadOnlyList<SchemaStep>> PlanAsync(TestDatabase database, int to) =>
        new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).PlanAsync(to, CancellationToken.None);
}
