using Dapper;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Operations;
using GameImages.Operations.Server;
using GameImages.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>A move takes over the history of a database of an earlier build. All other commands only read it.</summary>
[Category("Long")]
public sealed class AdoptionTests
{
    private static readonly int Latest = SchemaMigrator.LatestVersion;

    // The last version that builds with EF Core could write.
    private const int LastAdoptable = 8;

    private static readonly int[] Versions = EarlierBuild.Versions;

    [TestCaseSource(nameof(Versions))]
    public async Task A_database_of_an_earlier_build_becomes_like_one_of_this_build(int version)
    {
        await using var database = await EarlierBuild.RestoreAsync(version);
        var before = await EarlierBuild.RowsAsync(database);
        await MigrateAsync(database, version);

        await using var made = await TestDatabase.CreateAsync(version);
        Assert.That(await ComparableDumpAsync(database), Is.EqualTo(await ComparableDumpAsync(made)));
        Assert.That(await EarlierBuild.RowsAsync(database), Is.EqualTo(before));
        var history = await database.QueryAsync<string>(
            "SELECT concat_ws(' ', version, description, applied_at) FROM schema_versions ORDER BY version");
        Assert.That(history, Is.EqualTo(SchemaVersions.Names.Take(version).Select((name, place) => $"{place + 1} {name}")));
    }

    [TestCaseSource(nameof(Versions))]
    public async Task Moving_up_down_and_up_again_keeps_every_byte(int version)
    {
        await using var database = await EarlierBuild.RestoreAsync(version);
        var games = new LegacyGames(database);
        var before = version == 1 ? await games.ReadAsync() : await games.ReadMovedAsync();
        Assert.That(before, Has.Count.EqualTo(6));

        await MigrateAsync(database, Latest);
        Assert.That(await games.ReadMovedAsync(), Is.EqualTo(before));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(await database.SingleAsync<long>("SELECT count(*) FROM game_images"), Is.EqualTo(5));
        Assert.That(await database.SingleAsync<long>("SELECT sum(reference_count)::bigint FROM game_images"), Is.EqualTo(7));
        await MigrateAsync(database, 1);
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));

        await MigrateAsync(database, Latest);
        await using var made = await TestDatabase.CreateAsync();
        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(await SchemaDump.OfAsync(made)));
    }

    [TestCaseSource(nameof(Versions))]
    public async Task Reading_commands_understand_the_earlier_history_and_change_nothing(int version)
    {
        await using var database = await EarlierBuild.RestoreAsync(version);
        var before = await SchemaDump.OfAsync(database);
        var schema = Schema(database);

        Assert.That(await schema.GetVersionAsync(default), Is.EqualTo(version));
        Assert.That((await schema.ListAsync(default)).Count(known => known.IsApplied), Is.EqualTo(version));
        var up = await schema.PlanAsync(Latest, default);
        var down = await schema.PlanAsync(0, default);
        Assert.That(up.Select(step => step.From), Is.EqualTo(Enumerable.Range(version, Latest - version)));
        Assert.That(down.Select(step => step.From), Is.EqualTo(Enumerable.Range(1, version).Reverse()));
        Assert.That(await schema.FindUnusableImagesAsync(default), Is.Empty);
        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(before));
    }

    [Test]
    public async Task The_service_is_ready_after_the_takeover_and_doctor_names_the_command()
    {
        await using var database = await EarlierBuild.RestoreAsync(LastAdoptable);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString(Roles.App));
        var check = new SchemaHealthCheck(source, new RetryPipeline(TimeProvider.System));

        var before = await check.CheckHealthAsync(new());
        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(HealthStatus.Unhealthy));
            Assert.That(before.Description, Does.Contain($"version {LastAdoptable}"));
        });
        Assert.That(
            await FindingsAsync(database),
            Has.One.Matches<Finding>(finding => finding is { Check: "schema", Health: Health.Problem, ToDo: "gameimages up" }));

        await MigrateAsync(database, Latest);
        Assert.That((await check.CheckHealthAsync(new())).Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(await FindingsAsync(database), Is.EqualTo(new[] { new Finding("schema", Health.Ok, $"version {Latest}") }));
    }

    [Test]
    public async Task The_comment_the_owner_and_other_grants_are_taken_over()
    {
        await using var database = await EarlierBuild.RestoreAsync(LastAdoptable);
        await database.ExecuteAsync(
            """
            GRANT SELECT ON schema_history TO PUBLIC;
            GRANT INSERT ON schema_history TO gameimages_public WITH GRANT OPTION;
            COMMENT ON TABLE schema_history IS 'it''s ours';
            """);
        await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Superuser)).MigrateAsync(LastAdoptable, default);

        Assert.That(
            await database.SingleAsync<string>("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'schema_versions'"),
            Is.EqualTo("gameimages_owner"));
        Assert.That(
            await database.SingleAsync<string>("SELECT obj_description(oid) FROM pg_class WHERE relname = 'schema_versions'"),
            Is.EqualTo("it's ours"));
        Assert.That(
            await database.QueryAsync<string>("SELECT unnest(relacl)::text FROM pg_class WHERE relname = 'schema_versions'"),
            Is.EqualTo(new[]
            {
                "gameimages_owner=arwdDxt/gameimages_owner", "gameimages_app=r/gameimages_owner", "gameimages_bot=r/gameimages_owner",
                "=r/gameimages_owner", "gameimages_public=a*/gameimages_owner",
            }));
    }

    [Test]
    public async Task A_failed_takeover_leaves_the_earlier_history()
    {
        await using var database = await EarlierBuild.RestoreAsync(3);
        await database.ExecuteAsync("CREATE VIEW report AS SELECT * FROM schema_history");
        var before = await SchemaDump.OfAsync(database);

        Assert.That(
            async () => await MigrateAsync(database, Latest),
            Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.DependentObjectsStillExist));
        Assert.That(await SchemaDump.OfAsync(database), Is.EqualTo(before));
    }

    [Test]
    public async Task Concurrent_moves_take_over_the_history_once()
    {
        await using var database = await EarlierBuild.RestoreAsync(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(database, Latest))));

        Assert.That(await EarlierBuild.HistoriesAsync(database), Is.EqualTo(new[] { "schema_versions" }));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Reading_the_version_waits_for_a_takeover()
    {
        await using var database = await EarlierBuild.RestoreAsync(5);
        await using var owner = await database.OpenAsync(EmbeddedServer.Owner);
        await using var takeover = await owner.BeginTransactionAsync();
        await owner.ExecuteAsync(SchemaHistoryTable.Prepare);
        var version = Schema(database).GetVersionAsync(default);
        await database.WaitForWaitersAsync();
        await takeover.CommitAsync();

        Assert.That(await version, Is.EqualTo(5));
    }

    // PostgreSQL writes a long OR with more parentheses, unless the OR was restored from a dump. So parentheses are not compared.
    private static async Task<string> ComparableDumpAsync(TestDatabase database) =>
        (await SchemaDump.OfAsync(database)).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);

    private static async Task<IEnumerable<Finding>> FindingsAsync(TestDatabase database) =>
        (await new Doctor(null, database.ConnectionString(EmbeddedServer.Superuser), TimeProvider.System).RunAsync(default))
        .Where(finding => finding.Check is "schema" || (finding.Check is "privileges" && finding.Health == Health.Problem
            && finding.Found.Contains("schema_", StringComparison.Ordinal)));

    private static Task MigrateAsync(TestDatabase database, int version) => Schema(database).MigrateAsync(version, default);

    private static SchemaMigrator Schema(TestDatabase database) => new(database.ConnectionString(EmbeddedServer.Owner));
}
