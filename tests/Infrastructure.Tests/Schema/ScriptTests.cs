using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

public sealed class ScriptTests
{
    private static readonly int Latest = SchemaMigrator.LatestVersion;

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_script_of_all_versions_makes_the_schema_that_moving_up_makes_and_back(bool idempotent)
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
    public async Task The_idempotent_script_may_run_twice_and_begins_where_the_database_is()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync("game", Pictures.Png(1), "image/png", Pictures.Png(1), "image/png");
        var before = await games.ReadAsync();

        foreach (var script in new[] { SchemaMigrator.Script(0, Latest, idempotent: true), SchemaMigrator.Script(Latest, 1, idempotent: true) })
        {
            await RunAsync(database, script);
            await RunAsync(database, script);
        }

        Assert.That(await VersionAsync(database), Is.EqualTo(1));
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));
    }

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
