using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Schema;

/// <summary>A schema that cannot be moved. Up prints one line, returns the documented exit code, and changes nothing.</summary>
public sealed class BadInputTests
{
    private const string EarlierHistory =
        """
        DROP TABLE schema_versions;
        CREATE TABLE schema_history ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
        ALTER TABLE schema_history OWNER TO gameimages_owner;
        INSERT INTO schema_history VALUES ('20260207000100_InitialSchema', '10.0.14');
        """;

    private const string ReadOnly = "SELECT set_config('gameimages.test', format('ALTER DATABASE %I', current_database()), false); "
        + "DO $$ BEGIN EXECUTE current_setting('gameimages.test') || ' SET default_transaction_read_only = on'; END $$";

    [TestCase("INSERT INTO schema_versions VALUES (99, now(), 'FromTheFuture')", 4, "(99 FromTheFuture): use the newer program.")]
    [TestCase("INSERT INTO schema_versions VALUES (3)", 4, "The history of the schema is damaged: schema_versions has the versions 1, 3 ")]
    [TestCase("ALTER TABLE schema_versions DROP COLUMN description", 4, "schema_versions is not the history of a GameImages schema")]
    [TestCase("CREATE TABLE schema_history ()", 4, "The database has two histories of its schema")]
    [TestCase($"{EarlierHistory} INSERT INTO schema_history VALUES ('1_X', '1')", 4, "migrations that this program does not know (1_X)")]
    [TestCase($"{EarlierHistory} ALTER TABLE schema_history OWNER TO postgres; GRANT SELECT ON schema_history TO PUBLIC", 3, "must be ")]
    [TestCase("CREATE TABLE game_images ()", 3, "relation \"game_images\" already exists")]
    [TestCase("REVOKE CREATE ON SCHEMA public FROM pg_database_owner", 3, "permission denied for schema public")]
    [TestCase(ReadOnly, 3, "in a read-only transaction")]
    public async Task Up_prints_the_reason_and_changes_nothing(string damage, int expected, string reason)
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        await new LegacyGames(database).InsertAsync("game", Pictures.Gif(1), "image/gif", null, null);
        await database.ExecuteAsync(damage);
        var before = await StateAsync(database);
        var (exitCode, output, error) = await RunAsync(database, "up");

        Assert.That((exitCode, output), Is.EqualTo((expected, "")), error);
        Assert.That(error.WithoutProgress().Split('\n'), Has.Length.EqualTo(1).And.All.StartWith("gameimages: ").And.All.Contain(reason));
        Assert.That(await StateAsync(database), Is.EqualTo(before));
    }

    [Test]
    public async Task Only_the_owner_can_move_the_schema()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 0);
        var app = new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = database.ConnectionString(Roles.App) };

        Assert.That(await RunAsync(app, "up"), Is.EqualTo((3, "", "gameimages: permission denied for schema public")));
        Assert.That(
            await database.QueryAsync<string>("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"), Is.Empty);
    }

    [Test]
    public async Task Up_replaces_the_history_of_an_earlier_build_even_if_the_version_stays()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        await database.ExecuteAsync(EarlierHistory);

        Assert.That((await RunAsync(database, "status")).Output, Is.EqualTo($"Schema version 1 of {SchemaMigrator.LatestVersion}."));
        Assert.That(
            await RunAsync(database, "down", "--to", "1"), Is.EqualTo((0, "The schema has version 1 already.", "")), "changes nothing");
        Assert.That(await database.SingleAsync<bool>("SELECT to_regclass('schema_history') IS NULL"), Is.False);
        Assert.That(
            await RunAsync(database, "up", "--to", "1"),
            Is.EqualTo((
                0,
                "The schema has version 1 already.\n"
                    + "Replaced schema_history with schema_versions. Earlier builds cannot read the version of the schema any more.",
                "")));
        Assert.That(
            await database.QueryAsync<(long, string)>("SELECT version, description FROM schema_versions"),
            Is.EqualTo(new[] { (1, "InitialSchema") }));
        Assert.That(await database.SingleAsync<bool>("SELECT to_regclass('schema_history') IS NULL"), Is.True);
    }

    private static async Task<string> StateAsync(TestDatabase database)
    {
        var rows = await database.QueryAsync<string>(
            """
            SELECT table_to_xml(oid, true, true, '')::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
            """);
        return await SchemaDump.OfAsync(database) + string.Join('\n', rows);
    }
}
