using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

public sealed class PrivilegeTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Migrate_a_database()
    {
        // PostgreSQL does not copy the privileges on a database from its template, so this does not use a migrated template.
        database = await TestDatabase.CreateAsync(schemaVersion: 0);
        await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(SchemaMigrator.LatestVersion, default);
    }

    [OneTimeTearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task Each_role_has_only_the_approved_privileges()
    {
        var matrix = string.Join('\n', await database.QueryAsync<string>(Privileges.Sql)) + "\n";
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Schema");
        var approved = await File.ReadAllTextAsync(Path.Combine(folder, "privileges.approved.txt"));

        Assert.That(matrix, Is.EqualTo(approved), $"If this change is intended, write these lines to privileges.approved.txt:\n{matrix}");
    }

    [TestCase("SELECT * FROM game_sessions")]
    [TestCase("SELECT count(*) FROM game_sessions")]
    [TestCase("SELECT * FROM game_images")]
    [TestCase("SELECT reference_count FROM game_images")]
    [TestCase("SELECT updated_at FROM game_images")]
    [TestCase("SELECT game_images FROM game_images")]
    [TestCase("SELECT id FROM game_images FOR UPDATE")]
    [TestCase("SELECT * FROM schema_versions")]
    [TestCase("SELECT * FROM guild_channels")]
    [TestCase("SELECT created_at FROM image_variants")]
    [TestCase("DELETE FROM image_variants")]
    [TestCase("SELECT * FROM images_without_variants")]
    [TestCase("SELECT refuse_variants(gen_random_uuid(), 'x')")]
    [TestCase("INSERT INTO game_images (content_hash) VALUES ('x')")]
    [TestCase("UPDATE game_images SET mime_type = mime_type")]
    [TestCase("DELETE FROM game_images")]
    [TestCase("TRUNCATE game_images")]
    [TestCase("DROP TABLE game_images")]
    [TestCase("ALTER TABLE game_images ADD COLUMN x int")]
    [TestCase("CREATE TABLE mine ()")]
    [TestCase("CREATE TEMPORARY TABLE mine ()")]
    [TestCase("CREATE SCHEMA mine")]
    [TestCase("CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1")]
    [TestCase("COPY game_images TO STDOUT")]
    [TestCase("COPY (SELECT 1) TO PROGRAM 'true'")]
    [TestCase("SELECT pg_read_file('PG_VERSION')")]
    [TestCase("SELECT lo_import('/etc/passwd')")]
    [TestCase("SELECT lo_create(0)")]
    [TestCase("SELECT lo_creat(0)")]
    [TestCase("SELECT lo_from_bytea(0, 'x')")]
    [TestCase("SELECT * FROM pg_authid")]
    [TestCase("SET ROLE gameimages_app")]
    [TestCase("SET ROLE gameimages_owner")]
    [TestCase("SET SESSION AUTHORIZATION gameimages_owner")]
    [TestCase("ALTER ROLE gameimages_public CREATEROLE")]
    [TestCase("GRANT gameimages_app TO gameimages_public")]
    [TestCase("EXPLAIN ANALYZE SELECT * FROM game_sessions")]
    public async Task The_public_role_can_read_only_the_served_columns(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.Public);
        await using var command = new NpgsqlCommand(attempt, connection);

        Assert.That(
            async () => await command.ExecuteNonQueryAsync(),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [TestCase("TRUNCATE game_sessions")]
    [TestCase("ALTER TABLE game_sessions DISABLE ROW LEVEL SECURITY")]
    [TestCase("ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY")]
    [TestCase("DROP POLICY members_of_the_guild ON game_sessions")]
    [TestCase("DROP POLICY channels_of_the_guild ON guild_channels")]
    [TestCase("ALTER TABLE guild_channels DISABLE ROW LEVEL SECURITY")]
    [TestCase("INSERT INTO guild_channels (channel_id, guild_id) VALUES (5, 42)")]
    [TestCase("UPDATE guild_channels SET guild_id = 42")]
    [TestCase("DELETE FROM guild_channels")]
    [TestCase("SELECT refuse_foreign_channel()")]
    [TestCase("SELECT image_data FROM image_variants")]
    [TestCase("INSERT INTO image_variants (width) VALUES (160)")]
    [TestCase("UPDATE image_variants SET width = width")]
    [TestCase("DELETE FROM image_variants")]
    [TestCase("SELECT id FROM images_without_variants")]
    [TestCase("SELECT refuse_variants(gen_random_uuid(), 'x')")]
    [TestCase("CREATE TABLE mine ()")]
    [TestCase("CREATE TEMPORARY TABLE mine ()")]
    [TestCase("DELETE FROM schema_versions")]
    [TestCase("SET ROLE gameimages_owner")]
    [TestCase("CREATE ROLE mine")]
    public async Task The_role_of_the_service_cannot_change_the_rules(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var command = new NpgsqlCommand(attempt, connection);

        Assert.That(
            async () => await command.ExecuteNonQueryAsync(),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [TestCase("SELECT id FROM game_images")]
    [TestCase("SELECT id FROM game_sessions")]
    [TestCase("SELECT width FROM image_variants")]
    [TestCase("SELECT * FROM image_uploads")]
    [TestCase("SELECT * FROM blocked_hashes")]
    [TestCase("SELECT * FROM guild_channels")]
    [TestCase("SELECT id FROM images_without_variants FOR UPDATE")]
    [TestCase("INSERT INTO images_without_variants (mime_type) VALUES ('x')")]
    [TestCase("UPDATE images_without_variants SET mime_type = mime_type")]
    [TestCase("DELETE FROM images_without_variants")]
    [TestCase("INSERT INTO image_variants (width) VALUES (160)")]
    [TestCase("UPDATE image_variants SET width = width")]
    [TestCase("DELETE FROM image_variants")]
    [TestCase("UPDATE game_images SET variants_made_at = NULL")]
    [TestCase("DELETE FROM game_images")]
    [TestCase("TRUNCATE image_variants")]
    [TestCase("DELETE FROM schema_versions")]
    [TestCase("SELECT may_use_image(gen_random_uuid())")]
    [TestCase("SELECT blocked_hash_lock('x')")]
    [TestCase("CREATE OR REPLACE FUNCTION refuse_variants(uuid, text) RETURNS void LANGUAGE sql AS ''")]
    [TestCase("CREATE TABLE mine ()")]
    [TestCase("CREATE TEMPORARY TABLE mine ()")]
    [TestCase("SELECT lo_create(0)")]
    [TestCase("COPY (SELECT 1) TO PROGRAM 'true'")]
    [TestCase("SET ROLE gameimages_app")]
    [TestCase("SET ROLE gameimages_owner")]
    public async Task The_role_of_the_worker_has_no_right_on_a_table_and_cannot_change_the_rules(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.Variants);
        await using var command = new NpgsqlCommand(attempt, connection);

        Assert.That(
            async () => await command.ExecuteNonQueryAsync(),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [TestCase("game_sessions")]
    [TestCase("guild_channels")]
    public async Task Turning_row_security_off_causes_an_error(string table)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var command = new NpgsqlCommand($"SET row_security = off; SELECT count(*) FROM {table}", connection);

        Assert.That(
            async () => await command.ExecuteNonQueryAsync(),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }
}
