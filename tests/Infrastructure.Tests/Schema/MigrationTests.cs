using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

public sealed class MigrationTests
{
    private TestDatabase database = null!;
    private SchemaMigrator schema = null!;

    [SetUp]
    public async Task Create_a_database_of_version_1()
    {
        database = await TestDatabase.CreateAsync(schemaVersion: 1);
        schema = new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner));
    }

    [TearDown]
    public ValueTask Drop_it() => database.DisposeAsync();

    [Test]
    public async Task Moving_up_keeps_every_picture_once_and_counts_it_exactly()
    {
        var (shared, lonely) = (Pictures.Png(1, 5000), Pictures.Gif(9));
        await InsertAsync("both", shared, "image/png", shared, "image/png");
        await InsertAsync("other guild", null, null, shared, "image/png");
        await InsertAsync("other type", shared, "image/jpeg", null, null);
        await InsertAsync("own", lonely, "image/gif", null, null);
        await InsertAsync("none", null, null, null, null);
        await schema.MigrateAsync(2, CancellationToken.None);

        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        var rows = await database.QueryAsync<(string, string, int, int, int, int)>(
            "SELECT upper(encode(image_data, 'hex')), mime_type, byte_length, width, height, reference_count FROM game_images ORDER BY reference_count DESC, mime_type DESC");
        Assert.That(rows, Is.EqualTo(new[]
        {
            (Convert.ToHexString(shared), "image/png", shared.Length, 71, 71, 3),
            (Convert.ToHexString(shared), "image/jpeg", shared.Length, 71, 71, 1),
            (Convert.ToHexString(lonely), "image/gif", lonely.Length, 1, 1, 1),
        }));
    }

    [Test]
    public async Task Down_up_and_down_again_changes_no_byte()
    {
        for (var number = 0; number < 40; number++)
        {
            var (thumbnail, banner) = (Pictures.Png(number % 7, 3000), Pictures.Png(100 + number % 5, 60_000));
            await InsertAsync($"game {number}", number % 4 == 0 ? null : thumbnail, number % 4 == 0 ? null : "image/png", number % 3 == 0 ? null : banner, number % 3 == 0 ? null : "image/png");
        }

        await InsertAsync("empty and unreadable", [], "image/webp", [0xFF, 0xD8, 0xFF], "image/jpeg");
        var before = await LegacyRowsAsync();
        await schema.MigrateAsync(2, CancellationToken.None);
        var shared = await SharedRowsAsync();
        await schema.MigrateAsync(1, CancellationToken.None);
        Assert.That(await LegacyRowsAsync(), Is.EqualTo(before));

        await schema.MigrateAsync(2, CancellationToken.None);
        Assert.That(await SharedRowsAsync(), Is.EqualTo(shared));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [TestCase("image/svg+xml")]
    [TestCase("")]
    [TestCase(null)]
    public async Task A_picture_without_a_usable_type_is_named_and_nothing_moves(string? mimeType)
    {
        await InsertAsync("fine", Pictures.Png(1), "image/png", null, null);
        await InsertAsync("broken", null, null, Pictures.Png(2), mimeType);
        var before = await LegacyRowsAsync();
        var broken = await database.SingleAsync<Guid>("SELECT id FROM game_sessions WHERE title = 'broken'");

        Assert.That(
            async () => await schema.MigrateAsync(2, CancellationToken.None),
            Throws.TypeOf<PostgresException>().With.Message.Contains($"{broken} (banner: {mimeType ?? "no type"})"));
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await LegacyRowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_move_that_fails_half_way_leaves_the_old_version_whole()
    {
        await InsertAsync("game", Pictures.Png(1), "image/png", null, null);
        var before = await LegacyRowsAsync();

        // The last statement of the move makes an index of this name.
        await database.ExecuteAsync("CREATE INDEX game_sessions_banner_image_id_idx ON game_sessions (title)");
        Assert.That(async () => await schema.MigrateAsync(2, CancellationToken.None), Throws.TypeOf<PostgresException>());
        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await LegacyRowsAsync(), Is.EqualTo(before));

        await database.ExecuteAsync("DROP INDEX game_sessions_banner_image_id_idx");
        await schema.MigrateAsync(2, CancellationToken.None);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Two_that_move_at_once_take_turns()
    {
        await InsertAsync("game", Pictures.Png(1), "image/png", null, null);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(2, CancellationToken.None))));

        Assert.That(await schema.GetVersionAsync(CancellationToken.None), Is.EqualTo(2));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_version_that_is_newer_than_the_program_is_refused()
    {
        await database.ExecuteAsync("INSERT INTO schema_history VALUES ('20990101000000_FromTheFuture', '10.0.0')");

        Assert.That(async () => await schema.MigrateAsync(2, CancellationToken.None), Throws.TypeOf<SchemaVersionException>().With.Message.Contains("FromTheFuture"));
    }

    // Headers alone: what follows them does not matter here.
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
    public async Task Width_and_height_are_read_from_the_header_where_it_states_them(string header, int? width, int? height)
    {
        await InsertAsync("game", Convert.FromHexString(header), "image/png", null, null);
        await schema.MigrateAsync(2, CancellationToken.None);

        Assert.That(await database.SingleAsync<(int?, int?)>("SELECT width, height FROM game_images"), Is.EqualTo((width, height)));
    }

    private Task InsertAsync(string title, byte[]? thumbnail, string? thumbnailType, byte[]? banner, string? bannerType) => database.ExecuteAsync(
        """
        INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_data, thumbnail_mime_type, image_data, image_mime_type)
        VALUES (42, 5, 7, @title, now(), @thumbnail, @thumbnailType, @banner, @bannerType)
        """,
        new { title, thumbnail, thumbnailType, banner, bannerType });

    private Task<List<string>> LegacyRowsAsync() => database.QueryAsync<string>(
        """
        SELECT concat_ws('|', id, title, updated_at, coalesce(encode(thumbnail_data, 'hex'), '-'), coalesce(thumbnail_mime_type, '-'),
            coalesce(encode(image_data, 'hex'), '-'), coalesce(image_mime_type, '-'))
        FROM game_sessions ORDER BY id
        """);

    private Task<List<string>> SharedRowsAsync() => database.QueryAsync<string>(
        """
        SELECT concat_ws('|', game.id, title, game.updated_at, encode(thumbnail.image_data, 'hex'), thumbnail.mime_type, thumbnail.reference_count,
            thumbnail.width, encode(banner.image_data, 'hex'), banner.mime_type, banner.reference_count, banner.width)
        FROM game_sessions AS game
            LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id
            LEFT JOIN game_images AS banner ON banner.id = banner_image_id
        ORDER BY game.id
        """);
}
