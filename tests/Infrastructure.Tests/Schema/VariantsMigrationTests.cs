using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>Version 13 adds variants and texts that describe images. Moving down from it keeps all games, images and uploads.</summary>
public sealed class VariantsMigrationTests
{
    private const string LockGame = "SELECT FROM game_sessions FOR UPDATE";
    private const string ChangeImage = "UPDATE game_images SET updated_at = clock_timestamp()";

    private TestDatabase database = null!;
    private SchemaMigrator schema = null!;

    [SetUp]
    public async Task Create_a_game_with_variants_and_an_upload()
    {
        database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database);
        await useCases.CreateGameAsync(Pictures.Content(1), Pictures.Content(2));
        await useCases.UploadAsync(Pictures.Content(3));
        await database.ExecuteAsync(
            """
            SELECT store_variants(thumbnail_id, 2, 2, '\x0102030405', 0, ARRAY[160], ARRAY[90], ARRAY['\x0102'::bytea]),
                refuse_variants(banner_image_id, 'broken')
            FROM game_sessions;
            UPDATE game_sessions SET thumbnail_alt = 'a desert', banner_alt = 'a worm';
            """);
        schema = new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner));
    }

    [TearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task The_way_back_and_up_again_keeps_all_games_images_and_uploads()
    {
        var before = await RowsAsync();
        await schema.MigrateAsync(12, CancellationToken.None);
        Assert.That(await RowsAsync(), Is.EqualTo(before));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);

        await schema.MigrateAsync(13, CancellationToken.None);
        Assert.That(await RowsAsync(), Is.EqualTo(before));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(await database.SingleAsync<long>("SELECT count(*) FROM images_without_variants"), Is.EqualTo(3));
        Assert.That(
            await database.SingleAsync<long>("SELECT count(thumbnail_alt) + count(banner_alt) FROM game_sessions"), Is.Zero);
    }

    [Test]
    public async Task The_plan_counts_the_texts_and_the_variants_that_are_lost() => Assert.That(
        await schema.PlanAsync(12, CancellationToken.None),
        Is.EqualTo(new[]
        {
            new SchemaStep(
                13, 12, "deletes 2 texts that describe images, and 1 smaller copy, which the worker can make again",
                2, 2, LosesData: true),
        }));

    [Test]
    public async Task A_plan_that_loses_only_variants_loses_no_data()
    {
        await database.ExecuteAsync("UPDATE game_sessions SET thumbnail_alt = NULL, banner_alt = NULL");

        Assert.That((await schema.PlanAsync(12, CancellationToken.None)).Single().LosesData, Is.False);
    }

    [Test]
    public async Task The_role_of_the_worker_stays_and_loses_its_privileges()
    {
        await schema.MigrateAsync(12, CancellationToken.None);

        Assert.That(
            (await database.QueryAsync<string>(Privileges.Sql)).Where(line =>
                line.StartsWith(Roles.Variants, StringComparison.Ordinal)
                && !line.Contains(" | 3 database | ", StringComparison.Ordinal)),
            Is.EqualTo(new[] { $"{Roles.Variants} | 1 attributes | LOGIN" }));
    }

    [Category("Long")]
    [TestCase(LockGame, ChangeImage)]
    [TestCase(ChangeImage, LockGame)]
    public async Task A_request_that_runs_during_the_move_can_finish(string first, string second)
    {
        foreach (var version in new[] { 12, 13 })
        {
            await using var connection = await database.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(first);
            var move = schema.MigrateAsync(version, CancellationToken.None);
            await database.WaitForWaitersAsync();
            await connection.ExecuteAsync(second);
            await transaction.CommitAsync();
            await move;
        }

        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [TestCase("UPDATE game_sessions SET thumbnail_alt = repeat('é', 1001)", "game_sessions_thumbnail_alt_check")]
    [TestCase("UPDATE game_sessions SET banner_alt = repeat('é', 1001)", "game_sessions_banner_alt_check")]
    [TestCase("UPDATE game_images SET placeholder = '\\x01020304'", "game_images_placeholder_check")]
    [TestCase("UPDATE game_images SET dominant_color = 16777216", "game_images_dominant_color_check")]
    [TestCase("UPDATE game_images SET shown_width = 0", "game_images_shown_width_check")]
    [TestCase("UPDATE image_variants SET mime_type = 'image/png'", "image_variants_mime_type_check")]
    [TestCase("UPDATE image_variants SET width = 0", "image_variants_width_check")]
    [TestCase("UPDATE image_variants SET content_hash = 'x'", "image_variants_content_hash_check")]
    [TestCase("UPDATE image_variants SET image_id = gen_random_uuid()", "image_variants_image_id_fkey")]
    public void Values_that_make_no_sense_are_rejected(string change, string constraint) => Assert.That(
        () => database.ExecuteAsync(change),
        Throws.TypeOf<PostgresException>().With.Property("ConstraintName").EqualTo(constraint));

    [Test]
    public async Task Texts_of_1000_characters_are_stored() => Assert.That(
        await database.SingleAsync<int>(
            "UPDATE game_sessions SET thumbnail_alt = repeat('é', 1000) RETURNING char_length(thumbnail_alt)"),
        Is.EqualTo(1000));

    /// <returns>What version 12 knows about each row.</returns>
    private Task<List<string>> RowsAsync() => database.QueryAsync<string>(
        """
        SELECT concat_ws('|', 'game', id, guild_id, title, thumbnail_id, banner_image_id, updated_at) FROM game_sessions
        UNION ALL SELECT concat_ws('|', 'image', id, encode(content_hash, 'hex'), encode(image_data, 'hex'), mime_type, byte_length,
            width, height, reference_count, created_at, updated_at, quarantined_at) FROM game_images
        UNION ALL SELECT 'upload|' || image_uploads FROM image_uploads
        UNION ALL SELECT 'guild image|' || guild_images FROM guild_images
        UNION ALL SELECT 'guild usage|' || guild_usage FROM guild_usage ORDER BY 1
        """);
}
