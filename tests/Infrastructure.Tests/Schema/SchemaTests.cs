using System.Reflection;
using FluentMigrator;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.Domain.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

public sealed class SchemaTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Create_the_database() => database = await TestDatabase.CreateAsync();

    [OneTimeTearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task Image_bytes_are_stored_outside_the_row_without_compression()
    {
        await using var useCases = new UseCases(database);
        var content = ImageContent.Read(Pictures.Png(1, byteLength: 300_000), new());
        var id = await useCases.SendAsync(new StoreImage(content));

        Assert.That(
            await database.SingleAsync<string>(
                "SELECT attstorage::text FROM pg_attribute WHERE attrelid = 'game_images'::regclass AND attname = 'image_data'"),
            Is.EqualTo("e"));
        Assert.That(
            await database.SingleAsync<int>("SELECT pg_column_size(image_data) FROM game_images WHERE id = @id", new { id }),
            Is.EqualTo(content.Bytes.Length));
    }

    [Test]
    public async Task Each_foreign_key_column_has_an_index()
    {
        var without = await database.QueryAsync<string>(
            """
            SELECT conname FROM pg_constraint AS key
            WHERE contype = 'f' AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = key.conrelid AND indkey[0] = key.conkey[1])
            """);
        var keys = await database.SingleAsync<int>("SELECT count(*)::int FROM pg_constraint WHERE contype = 'f' AND convalidated");

        Assert.That(without, Is.Empty);
        Assert.That(keys, Is.EqualTo(4));
    }

    [Test]
    public async Task Deleting_an_image_needs_no_sequential_scan()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, reference_count)
            SELECT sha256(n::text::bytea), 'image/png', n::text::bytea, length(n::text), 1 FROM generate_series(1, 2000) AS n;
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id)
            SELECT 42, 5, 7, 'game', now(), id FROM game_images WHERE width IS NULL;
            ANALYZE;
            """);
        await using var connection = await database.OpenAsync(EmbeddedServer.Superuser);
        var notices = new List<string>();
        connection.Notice += (_, notice) => notices.Add(notice.Notice.MessageText);
        await using var delete = new NpgsqlCommand(
            """
            LOAD 'auto_explain';
            SET auto_explain.log_min_duration = 0;
            SET auto_explain.log_nested_statements = on;
            SET client_min_messages = log;
            DELETE FROM game_images WHERE id = (SELECT thumbnail_id FROM game_sessions WHERE thumbnail_id IS NOT NULL LIMIT 1);
            """,
            connection);
        await delete.ExecuteNonQueryAsync();

        var lookups = notices
            .Where(plan =>
                plan.Contains("SET \"thumbnail_id\" = NULL", StringComparison.Ordinal)
                || plan.Contains("SET \"banner_image_id\" = NULL", StringComparison.Ordinal))
            .ToList();
        Assert.That(lookups, Has.Count.EqualTo(2).And.All.Contain("Index Scan").And.None.Contain("Seq Scan"), string.Join('\n', notices));
    }

    [Test]
    public async Task Deleting_a_formerly_popular_image_does_not_read_all_games()
    {
        await using var fresh = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(fresh))
        {
            var game = await useCases.CreateGameAsync(Pictures.Content(1));
            await fresh.ExecuteAsync(
                """
                ALTER TABLE game_sessions SET (autovacuum_enabled = off);
                INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id)
                SELECT 42, 5, 7, 'game', now(), thumbnail_id FROM game_sessions CROSS JOIN generate_series(1, 3000);
                ANALYZE;
                """);
            await fresh.ExecuteAsync("DELETE FROM game_sessions WHERE id <> @id", new { game.Id });
            await useCases.SendAsync(new DeleteGame(game.Id));
        }

        // PostgreSQL publishes the statistics of a connection when its backend ends.
        await fresh.WaitUntilGoneAsync(Roles.App);
        Assert.That(await fresh.QueryAsync<Guid>("SELECT id FROM game_images"), Is.Empty);
        Assert.That(
            await fresh.SingleAsync<long>(
                "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'game_sessions_thumbnail_id_idx'"),
            Is.EqualTo(1));
    }

    [TestCase("reference_count = -1")]
    [TestCase("content_hash = '\\x00'")]
    [TestCase("mime_type = 'image/svg+xml'")]
    [TestCase("byte_length = 1")]
    [TestCase("width = 0")]
    public async Task The_database_refuses_invalid_values(string change)
    {
        await database.ExecuteAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length) VALUES (sha256('abc'), 'image/png', 'abc', 3)
            ON CONFLICT DO NOTHING
            """);

        Assert.That(
            async () => await database.ExecuteAsync($"UPDATE game_images SET {change} WHERE content_hash = sha256('abc')"),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.CheckViolation));
    }

    [Test]
    public void Each_migration_has_the_number_and_the_name_of_its_version()
    {
        var migrations = SchemaMigration.CreateAll().Select(migration => migration.GetType()).ToList();

        var attributes = migrations.Select(type => type.GetCustomAttribute<MigrationAttribute>()!).ToList();
        Assert.That(attributes.Select(known => known.Version), Is.EqualTo(Enumerable.Range(1, SchemaMigrator.LatestVersion)));
        Assert.That(attributes.Select(known => known.Description), Is.EqualTo(SchemaVersions.Names));
        Assert.That(
            migrations,
            Is.EquivalentTo(typeof(SchemaMigration).Assembly.GetTypes().Where(type => type.BaseType == typeof(SchemaMigration))));
    }
}
