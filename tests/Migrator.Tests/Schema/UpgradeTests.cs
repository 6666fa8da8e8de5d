using GameImages.Domain.Images;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Schema;

/// <summary>Moves a database of version 1 with 20,000 games that show 2,000 images in all four formats.</summary>
public sealed class UpgradeTests
{
    private static readonly (byte[] Bytes, string MimeType)[] Distinct =
    [
        .. Enumerable
            .Range(0, 500)
            .SelectMany(number =>
                new[]
                {
                    (Pictures.Png(number), "image/png"),
                    (Pictures.Jpeg(number), "image/jpeg"),
                    (Pictures.Gif(number), "image/gif"),
                    (Pictures.WebP(number), "image/webp"),
                }),
    ];

    [Test]
    public void The_test_images_have_their_types_and_differ()
    {
        Assert.That(
            Distinct.Select(image => ImageContent.Read(image.Bytes, new()).Format.MimeType),
            Is.EqualTo(Distinct.Select(image => image.MimeType)));
        Assert.That(Distinct.Select(image => Convert.ToHexString(image.Bytes)), Is.Unique.And.Exactly(2000).Items);
    }

    [Test]
    public async Task Up_down_and_up_again_keep_all_bytes_of_all_games()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync(20_000, Distinct);
        var before = await games.ReadAsync();
        var places = await database.SingleAsync<long>("SELECT count(thumbnail_data) + count(image_data) FROM game_sessions");

        await MoveAsync(database, "up");
        await AssertMovedAsync();

        await MoveAsync(database, "down", "--to", "1", "--yes");
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));

        await MoveAsync(database, "up");
        await AssertMovedAsync();

        async Task AssertMovedAsync()
        {
            Assert.That(await games.ReadMovedAsync(), Is.EqualTo(before));
            Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
            Assert.That(
                await database.SingleAsync<(long, long, long)>(
                    "SELECT count(*), sum(byte_length)::bigint, sum(reference_count)::bigint FROM game_images"),
                Is.EqualTo((Distinct.LongLength, Distinct.Sum(image => (long)image.Bytes.Length), places)));
        }
    }

    [Test]
    public async Task Moving_down_and_up_ten_times_keeps_the_schema()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        await new LegacyGames(database).InsertAsync(20, Distinct[..10]);
        await MoveAsync(database, "up");
        var before = await SchemaDump.OfAsync(database);

        for (var cycle = 0; cycle < 10; cycle++)
        {
            await MoveAsync(database, "down", "--to", "1", "--yes");
            await MoveAsync(database, "up");
        }

        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(before));
    }

    [Test]
    public async Task Moving_down_from_uploads_ends_them_and_keeps_every_image_that_a_game_shows()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database, new TestCaller(42, 43));
        await useCases.CreateGameAsync(Pictures.Content(1), Pictures.Content(2));
        await useCases.CreateGameAsync(Pictures.Content(1), guild: 43);
        var schema = await SchemaDump.OfAsync(database);
        var shown = await ShownAsync();

        for (var cycle = 0; cycle < 10; cycle++)
        {
            await useCases.UploadAsync(Pictures.Content(1), guild: 42);
            await useCases.UploadAsync(Pictures.Content(3), guild: 43);
            await useCases.SendAsync(UseCases.NewGame() with { Key = new($"key {cycle}", Pictures.Content(cycle).Hash) });
            await MoveAsync(database, "down", "--to", "10", "--yes");
            Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
            Assert.That(await ShownAsync(), Is.EqualTo(shown));
            Assert.That(await database.SingleAsync<long>("SELECT count(*) FROM game_images"), Is.EqualTo(2));

            await MoveAsync(database, "up");
            Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        }

        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(schema));

        Task<List<string>> ShownAsync() => database.QueryAsync<string>(
            "SELECT concat_ws(' ', id, encode(content_hash, 'hex'), reference_count) FROM game_images WHERE id IN ("
            + "SELECT thumbnail_id FROM game_sessions UNION SELECT banner_image_id FROM game_sessions) ORDER BY id");
    }

    [Test]
    public async Task The_plan_down_from_uploads_counts_them_and_the_images_that_are_deleted()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await useCases.CreateGameAsync(Pictures.Content(1));
        await useCases.UploadAsync(Pictures.Content(1));
        await useCases.UploadAsync(Pictures.Content(3));

        Assert.That(
            (await RunAsync(database, "down", "--to", "10")).Error,
            Does.Contain(
                $"11 -> 10: ends 2 uploads, and deletes 1 image that no game shows (2 rows, {Pictures.Content(3).Bytes.Length} bytes)"));
    }

    private static async Task MoveAsync(TestDatabase database, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(database, arguments);
        Assert.That(exitCode, Is.Zero, error);
    }
}
