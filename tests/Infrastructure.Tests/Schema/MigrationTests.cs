using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

[Category("Long")]
public sealed class MigrationTests
{
    private const string FromTheFuture = "INSERT INTO schema_versions VALUES (99, now(), 'FromTheFuture')";

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
    public async Task A_schema_with_the_name_of_the_role_gets_no_objects()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 0);
        await using var expected = await TestDatabase.CreateAsync();
        await database.ExecuteAsync($"CREATE SCHEMA {Roles.Owner} AUTHORIZATION {Roles.Owner}");
        await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(SchemaMigrator.LatestVersion, default);
        await database.ExecuteAsync($"DROP SCHEMA {Roles.Owner}");

        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(await SchemaDump.OfAsync(expected)));
    }

    [Test]
    public async Task Moving_up_stores_every_image_once_and_counts_its_references()
    {
        var shared = Pictures.Png(1, 5000);
        var lonely = Pictures.Gif(9);
        await games.InsertAsync("both", shared, "image/png", shared, "image/png");
        await games.InsertAsync("other guild", null, null, shared, "image/png");
        await games.InsertAsync("other type", shared, "image/jpeg", null, null);
        await games.InsertAsync("own", lonely, "image/gif", null, null);
        await games.InsertAsync("none", null, null, null, null);
        await schema.MigrateAsync(2, CancellationToken.None);

        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        var rows = await database.QueryAsync<string>(
            """
            SELECT concat_ws(' ', upper(encode(image_data, 'hex')), mime_type, byte_length, width, height, reference_count)
            FROM game_images ORDER BY reference_count DESC, mime_type DESC
            """);
        Assert.That(rows, Is.EqualTo(new[]
        {
            $"{Convert.ToHexString(shared)} image/png {shared.Length} 71 71 3",
            $"{Convert.ToHexString(shared)} image/jpeg {shared.Length} 71 71 1",
            $"{Convert.ToHexString(lonely)} image/gif {lonely.Length} 1 1 1",
        }));
    }

    [Test]
    public async Task Moving_up_down_and_up_again_changes_no_byte()
    {
        for (var number = 0; number < 40; number++)
        {
            var thumbnail = number % 4 == 0 ? null : Pictures.Png(number % 7, 3000);
            var banner = number % 3 == 0 ? null : Pictures.Png(100 + number % 5, 60_000);
            var thumbnailType = thumbnail is null ? null : "image/png";
            var bannerType = banner is null ? null : "image/png";
            await games.InsertAsync($"game {number}", thumbnail, thumbnailType, banner, bannerType);
        }

        await games.InsertAsync("empty and unreadable", [], "image/webp", [0xFF, 0xD8, 0xFF], "image/jpeg");
        var before = await games.ReadAsync();
        await schema.MigrateAsync(2, CancellationToken.None);
        var shared = await SharedRowsAsync();
        await schema.MigrateAsync(1, CancellationToken.None);
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));

        await schema.MigrateAsync(2, CancellationToken.None);
        Assert.That(await SharedRowsAsync(), Is.EqualTo(shared));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [TestCase("image/svg+xml")]
    [TestCase("")]
    [TestCase(null)]
    public async Task An_image_without_a_usable_type_is_named_and_nothing_is_moved(string? mimeType)
    {
        await games.InsertAsync("fine", Pictures.Png(1), "image/png", null, null);
        await games.InsertAsync("broken", null, null, Pictures.Png(2), mimeType);
        var before = await games.ReadAsync();
        var broken = await database.SingleAsync<Guid>("SELECT id FROM game_sessions WHERE title = 'broken'");

        Assert.That(
            async () => await schema.MigrateAsync(2, CancellationToken.None),
            Throws.TypeOf<PostgresException>().With.Message.Contains($"{broken} (banner: {mimeType ?? "no type"})"));
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_move_that_fails_in_the_middle_leaves_the_old_version_unchanged()
    {
        await games.InsertAsync("game", Pictures.Png(1), "image/png", null, null);
        var before = await games.ReadAsync();

        // The last statement of the move creates an index with this name.
        await database.ExecuteAsync("CREATE INDEX game_sessions_banner_image_id_idx ON game_sessions (title)");
        Assert.That(async () => await schema.MigrateAsync(2, CancellationToken.None), Throws.TypeOf<PostgresException>());
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));

        await database.ExecuteAsync("DROP INDEX game_sessions_banner_image_id_idx");
        await schema.MigrateAsync(2, CancellationToken.None);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Versions_before_the_failed_one_are_kept()
    {
        await database.ExecuteAsync("CREATE TABLE announcements ()");

        Assert.That(
            async () => await schema.MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DuplicateTable));
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(6));
        Assert.That(await database.SingleAsync<bool>("SELECT to_regclass('outbox') IS NULL"), Is.True);
    }

    [Test]
    public async Task Concurrent_moves_wait_for_each_other()
    {
        await games.InsertAsync("game", Pictures.Png(1), "image/png", null, null);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(SchemaMigrator.LatestVersion, default))));

        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(SchemaMigrator.LatestVersion));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_version_newer_than_the_program_is_refused()
    {
        await database.ExecuteAsync(FromTheFuture);

        Assert.That(
            async () => await schema.MigrateAsync(2, CancellationToken.None),
            Throws.TypeOf<SchemaVersionException>().With.Message.Contains("FromTheFuture"));
        Assert.That(async () => await schema.PlanAsync(0, CancellationToken.None), Throws.TypeOf<SchemaVersionException>());
        Assert.That(async () => await schema.ListAsync(CancellationToken.None), Throws.TypeOf<SchemaVersionException>());
    }

    [Test]
    public async Task A_newer_version_that_appears_while_a_move_waits_is_refused_too()
    {
        await using var newer = await database.OpenAsync(EmbeddedServer.Owner);
        await newer.ExecuteAsync($"SELECT pg_advisory_lock({SchemaHistoryTable.MoveLock})");
        var move = schema.MigrateAsync(0, CancellationToken.None);
        await database.WaitForWaitersAsync();
        await newer.ExecuteAsync(FromTheFuture);
        await newer.CloseAsync();

        Assert.That(async () => await move, Throws.TypeOf<SchemaVersionException>());
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM schema_versions"), Is.EqualTo(2));
    }

    [TestCase(1, 2, 4)]
    [TestCase(3, 2, 1)]
    public async Task A_step_that_was_not_planned_is_refused(int plannedFrom, int to, int byNow)
    {
        await schema.MigrateAsync(byNow, CancellationToken.None);

        Assert.That(
            async () => await schema.MigrateAsync(to, CancellationToken.None, plannedFrom: plannedFrom),
            Throws.TypeOf<StalePlanException>().With.Message.Contains($"version {byNow} by now"));
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(byNow));

        await schema.MigrateAsync(to, CancellationToken.None, plannedFrom: byNow);
        await schema.MigrateAsync(to, CancellationToken.None, plannedFrom: plannedFrom);
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(to));
    }

    [Test]
    public async Task A_plan_waits_for_a_running_move()
    {
        await using var moving = await database.OpenAsync(EmbeddedServer.Owner);
        await moving.ExecuteAsync($"SELECT pg_advisory_lock({SchemaHistoryTable.MoveLock})");
        var plan = schema.PlanAsync(2, CancellationToken.None);
        var unusable = schema.FindUnusableImagesAsync(CancellationToken.None);
        await database.WaitForWaitersAsync(count: 2);
        await moving.ExecuteAsync("ALTER TABLE game_sessions DROP COLUMN image_data; INSERT INTO schema_versions (version) VALUES (2)");
        await moving.CloseAsync();

        Assert.That(await plan, Is.Empty);
        Assert.That(await unusable, Is.Empty);
    }

    [TestCase(-1)]
    [TestCase(99)]
    public void An_unknown_version_is_an_argument_out_of_range(int version)
    {
        Assert.That(async () => await schema.MigrateAsync(version, CancellationToken.None), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await schema.PlanAsync(version, CancellationToken.None), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => SchemaMigrator.Script(0, version, idempotent: false), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task Versions_are_listed_with_their_names()
    {
        await schema.MigrateAsync(2, CancellationToken.None);

        Assert.That(await schema.ListAsync(CancellationToken.None), Is.EqualTo(new SchemaVersion[]
        {
            new(1, "InitialSchema", true),
            new(2, "MigrateImagesToSeparateTable", true),
            new(3, "LeastPrivilege", false),
            new(4, "BlockAndQuarantine", false),
            new(5, "NotifyImageChanges", false),
            new(6, "KeysetPagination", false),
            new(7, "Outbox", false),
            new(8, "GuildChannels", false),
            new(9, "AnnounceAnyField", false),
            new(10, "NormalizedTitles", false),
            new(11, "Uploads", false),
            new(12, "IdempotencyKeys", false),
            new(13, "Variants", false),
        }));
    }

    // These are headers only. The bytes after a header do not matter for the size.
    [TestCase("89504E470D0A1A0A0000000D494844520000012C000001C8", 300, 456)]
    [TestCase("89504E470D0A1A0A0000000D49484452FFFFFFFF00000001", null, null)]
    [TestCase("89504E470D0A1A0A0000000D494844520000000000000001", null, null)]
    [TestCase("4749463839612C01C801000000", 300, 456)]
    [TestCase("FFD8FFE000104A46494600010100000100010000FFFFC2001108012301F403012200021101031101", 500, 291)]
    [TestCase("FFD8FFE00002FFD0FF01FFFFC400040001FFC0000B080001FFFF01011100", 65535, 1)]
    [TestCase("FFD8FFDA0002FFC0000B08000100020101110000", null, null)]
    [TestCase("FFD8FFC0000B0800000002010111000000000000", null, null)]
    [TestCase("5249464600000000574542505650385800000000000000007B0000C80100", 124, 457)]
    [TestCase("524946460000000057454250565038580000000010000000FFFFFF030000", 16777216, 4)]
    [TestCase("5249464600000000574542505650384C000000002F7BC871100000000000", 2172, 456)]
    [TestCase("5249464600000000574542505650384C000000002FFFFFFFFF0000000000", 16384, 16384)]
    [TestCase("5249464600000000574542505650384C000000002F7BC87110", 2172, 456)]
    [TestCase("52494646000000005745425056503820000000000000009D012A7B40C801", 123, 456)]
    [TestCase("", null, null)]
    public async Task The_width_and_the_height_are_read_from_the_header(string header, int? width, int? height)
    {
        await games.InsertAsync("game", Convert.FromHexString(header), "image/png", null, null);
        await schema.MigrateAsync(2, CancellationToken.None);

        Assert.That(await database.SingleAsync<int?>("SELECT width FROM game_images"), Is.EqualTo(width));
        Assert.That(await database.SingleAsync<int?>("SELECT height FROM game_images"), Is.EqualTo(height));
    }

    private Task<List<string>> SharedRowsAsync() => database.QueryAsync<string>(
        """
        SELECT concat_ws('|', game.id, title, game.updated_at,
            encode(thumbnail.image_data, 'hex'), thumbnail.mime_type, thumbnail.reference_count, thumbnail.width,
            encode(banner.image_data, 'hex'), banner.mime_type, banner.reference_count, banner.width)
        FROM game_sessions AS game
            LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id
            LEFT JOIN game_images AS banner ON banner.id = banner_image_id
        ORDER BY game.id
        """);
}
