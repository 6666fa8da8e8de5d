using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>The move of images between versions 1 and 2: its progress, the images it leaves out, and its cancellation.</summary>
[Category("Long")]
public sealed class ImageMoveTests
{
    private TestDatabase database = null!;
    private LegacyGames games = null!;
    private SchemaMigrator schema = null!;

    [SetUp]
    public async Task Create_a_database_of_version_1()
    {
        database = await TestDatabase.CreateAsync(schemaVersion: 1);
        games = new LegacyGames(database);
        schema = new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner));
    }

    [TearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task Progress_reports_rise_and_end_complete()
    {
        var (places, bytes) = await InsertLargePicturesAsync();

        foreach (var version in new[] { 2, 1 })
        {
            var reports = new Reports();
            await schema.MigrateAsync(version, CancellationToken.None, progress: reports);

            Assert.That(reports, Has.Count.GreaterThan(1));
            Assert.That(reports.Select(report => report.Images), Is.Ordered.Ascending);
            Assert.That(reports.Select(report => report.Bytes), Is.Ordered.Ascending);
            Assert.That(reports.Select(report => report.TotalImages), Is.All.EqualTo(places));
            Assert.That(reports.Select(report => report.TotalBytes), Is.All.EqualTo(bytes));
            Assert.That(reports[^1], Is.EqualTo(new MoveProgress(places, places, bytes, bytes)));
        }
    }

    [Test]
    public async Task A_cancelled_move_leaves_the_old_version_unchanged()
    {
        await InsertLargePicturesAsync();
        var before = await games.ReadAsync();

        foreach (var (from, to) in new[] { (1, 2), (2, 1) })
        {
            using var cancellation = new CancellationTokenSource();
            var cancelling = new Reports { OnReport = cancellation.Cancel };
            Assert.That(
                async () => await schema.MigrateAsync(to, cancellation.Token, progress: cancelling),
                Throws.InstanceOf<OperationCanceledException>());

            Assert.That(cancelling[0].Images, Is.LessThan(cancelling[0].TotalImages));
            Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(from));
            await schema.MigrateAsync(to, CancellationToken.None);
        }

        Assert.That(await games.ReadAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Only_the_listed_images_without_a_usable_type_are_left_out()
    {
        var good = Pictures.Png(1);
        var bad = Pictures.Gif(2);
        await games.InsertAsync("both good", good, "image/png", good, "image/gif");
        await games.InsertAsync("one bad", bad, null, good, "image/png");
        await games.InsertAsync("both bad", good, "image/svg+xml", bad, "");
        var rows = await database.QueryAsync<(string Title, Guid Id)>("SELECT title, id FROM game_sessions");
        var id = rows.ToDictionary(game => game.Title, game => game.Id);

        Assert.That(await schema.FindUnusableImagesAsync(CancellationToken.None), Is.EquivalentTo(new UnusableImage[]
        {
            new(id["one bad"], "thumbnail", null, bad.Length),
            new(id["both bad"], "thumbnail", "image/svg+xml", good.Length),
            new(id["both bad"], "banner", "", bad.Length),
        }));

        await schema.MigrateAsync(2, CancellationToken.None, await schema.FindUnusableImagesAsync(CancellationToken.None));
        Assert.That(await schema.FindUnusableImagesAsync(CancellationToken.None), Is.Empty);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);

        await schema.MigrateAsync(1, CancellationToken.None);
        Assert.That(
            await database.QueryAsync<string>(
                """
                SELECT concat_ws(' | ', title,
                    encode(thumbnail_data, 'hex'), thumbnail_mime_type, encode(image_data, 'hex'), image_mime_type)
                FROM game_sessions ORDER BY title
                """),
            Is.EqualTo(new[]
            {
                "both bad",
                $"both good | {Convert.ToHexStringLower(good)} | image/png | {Convert.ToHexStringLower(good)} | image/gif",
                $"one bad | {Convert.ToHexStringLower(good)} | image/png",
            }));
    }

    // The images are large, so that the move takes long enough for several reports.
    private async Task<(long Places, long Bytes)> InsertLargePicturesAsync()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at,
                thumbnail_data, thumbnail_mime_type, image_data, image_mime_type)
            SELECT 42, 5, 7, 'game', now(), data, 'image/png', data || '1', 'image/gif'
            FROM generate_series(1, 40), decode(repeat('00', 4000000), 'hex') AS data
            """);
        return (80, 40 * 8_000_001);
    }

    private sealed class Reports : List<MoveProgress>, IProgress<MoveProgress>
    {
        public Action? OnReport { get; init; }

        public void Report(MoveProgress value)
        {
            Add(value);
            OnReport?.Invoke();
        }
    }
}
