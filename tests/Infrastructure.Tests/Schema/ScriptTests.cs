using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

[Category("Long")]
public sealed class ScriptTests
{
    private static readonly int Latest = SchemaMigrator.LatestVersion;

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_script_of_all_versions_makes_the_same_schema_as_a_move_up_and_down(bool idempotent)
    {
        await using var moved = await TestDatabase.CreateAsync(schemaVersion: 0);
        await using var scripted = await TestDatabase.CreateAsync(schemaVersion: 0);
        await MoveAsync(moved, Latest);
        await RunAsync(scripted, SchemaMigrator.Script(0, Latest, idempotent));

        Assert.That(await SchemaDump.OfAsync(scripted), Is.EqualTo(await SchemaDump.OfAsync(moved)));
        Assert.That(await VersionAsync(scripted), Is.EqualTo(Latest));

        await MoveAsync(moved, 0);
        await RunAsync(scripted, SchemaMigrator.Script(Latest, 0, idempotent));
        Assert.That(await SchemaDump.OfAsync(scripted), Is.EqualTo(await SchemaDump.OfAsync(moved)));
    }

    [Test]
    public async Task The_idempotent_script_can_run_twice_and_starts_at_the_version_of_the_database()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync("game", Pictures.Png(1), "image/png", Pictures.Png(1), "image/png");
        var before = await games.ReadAsync();

        var up = SchemaMigrator.Script(0, Latest, idempotent: true);
        var down = SchemaMigrator.Script(Latest, 1, idempotent: true);

        foreach (var script in new[] { up, down })
        {
            await RunAsync(database, script);
            await RunAsync(database, script);
        }

        Assert.That(await VersionAsync(database), Is.EqualTo(1));
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));
    }

    [TestCase(1, true)]
    [TestCase(2, true)]
    [TestCase(3, true)]
    [TestCase(4, true)]
    [TestCase(5, true)]
    [TestCase(6, true)]
    [TestCase(7, true)]
    [TestCase(8, true)]
    [TestCase(3, false)]
    public async Task A_script_takes_over_the_history_of_an_earlier_build_like_a_move(int version, bool idempotent)
    {
        await using var moved = await EarlierBuild.RestoreAsync(version);
        await using var scripted = await EarlierBuild.RestoreAsync(version);
        await MoveAsync(moved, Latest);
        await RunAsync(scripted, SchemaMigrator.Script(idempotent ? 0 : version, Latest, idempotent));

        Assert.That(await SchemaDump.OfAsync(scripted), Is.EqualTo(await SchemaDump.OfAsync(moved)));
        Assert.That(await HistoryAsync(scripted), Is.EqualTo(await HistoryAsync(moved)));
        Assert.That(await new LegacyGames(scripted).ReadMovedAsync(), Is.EqualTo(await new LegacyGames(moved).ReadMovedAsync()));
    }

    [TestCase(8, "INSERT INTO schema_history VALUES ('20990101000000_FromTheFuture', '10.0.0')")]
    [TestCase(8, """DELETE FROM schema_history WHERE "MigrationId" LIKE '%LeastPrivilege'""")]
    [TestCase(3, "CREATE TABLE schema_versions (version bigint PRIMARY KEY, applied_at timestamptz, description text)")]
    public async Task A_script_refuses_a_history_that_it_cannot_take_over(int version, string damage)
    {
        await using var database = await EarlierBuild.RestoreAsync(version);
        await database.ExecuteAsync(damage);
        var before = await SchemaDump.OfAsync(database);

        Assert.That(
            async () => await RunAsync(database, SchemaMigrator.Script(0, Latest, idempotent: true)),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DataException));
        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(before));
    }

    [TestCase("INSERT INTO schema_versions VALUES (99, now(), 'FromTheFuture')")]
    [TestCase("DELETE FROM schema_versions WHERE version = 3")]
    public async Task A_script_refuses_a_history_that_this_program_cannot_have_written(string damage)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(damage);
        var before = await HistoryAsync(database);

        foreach (var (from, to) in new[] { (0, Latest), (Latest, 0) })
        {
            Assert.That(
                async () => await RunAsync(database, SchemaMigrator.Script(from, to, idempotent: true)),
                Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DataException));
        }

        Assert.That(await HistoryAsync(database), Is.EqualTo(before));
    }

    [TestCase(3, 5, 6, true, "The schema has version 3, but this step moves it from 5 to 6.")]
    [TestCase(8, 5, 4, true, "The schema has version 8, but this step moves it from 5 to 4.")]
    [TestCase(8, 5, 3, false, "The schema has version 8, but this step moves it from 5 to 4.")]
    [TestCase(3, 2, 3, false, "The schema has version 3, but this step moves it from 2 to 3.")]
    public async Task A_script_that_starts_at_another_version_is_refused(
        int version, int from, int to, bool idempotent, string reason)
    {
        await using var database = await TestDatabase.CreateAsync(version);
        var before = await SchemaDump.OfAsync(database);

        Assert.That(
            async () => await RunAsync(database, SchemaMigrator.Script(from, to, idempotent)),
            Throws.TypeOf<PostgresException>().With.Property("MessageText").EqualTo(reason));
        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(before));
        Assert.That(await VersionAsync(database), Is.EqualTo(version));
    }

    // Without ON_ERROR_STOP, psql sends the next transaction after a failed one.
    [TestCase("INSERT INTO schema_versions VALUES (99, now(), 'FromTheFuture')")]
    [TestCase("CREATE TABLE schema_history ()")]
    public async Task Each_transaction_of_a_script_refuses_a_damaged_history(string damage)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(damage);
        var before = await SchemaDump.OfAsync(database);

        foreach (var idempotent in new[] { true, false })
        {
            foreach (var transaction in SchemaMigrator.Script(Latest, 0, idempotent).Split("START TRANSACTION;").Skip(1))
            {
                Assert.That(
                    async () => await RunAsync(database, $"START TRANSACTION;{transaction}"),
                    Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DataException));
            }
        }

        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(before));
    }

    private static Task<List<string>> HistoryAsync(TestDatabase database) => database.QueryAsync<string>(
        "SELECT concat_ws(' ', version, applied_at IS NULL, description) FROM schema_versions ORDER BY version");

    private static async Task RunAsync(TestDatabase database, string script)
    {
        await using var owner = await database.OpenAsync(EmbeddedServer.Owner);
        await using var command = new NpgsqlCommand(script, owner);
        await command.ExecuteNonQueryAsync();
    }

    private static Task MoveAsync(TestDatabase database, int version) => Schema(database).MigrateAsync(version, CancellationToken.None);

    private static Task<int> VersionAsync(TestDatabase database) => Schema(database).GetVersionAsync(CancellationToken.None);

    private static SchemaMigrator Schema(TestDatabase database) => new(database.ConnectionString(EmbeddedServer.Owner));
}
