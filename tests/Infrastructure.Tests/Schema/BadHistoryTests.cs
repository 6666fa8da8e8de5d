using System.Text.RegularExpressions;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

/// <summary>All commands refuse a history that this program cannot have written, and change nothing.</summary>
public sealed partial class BadHistoryTests
{
    private const string WithoutKey =
        "ALTER TABLE schema_versions DROP CONSTRAINT schema_versions_pkey, ALTER COLUMN version DROP NOT NULL;";

    [TestCase("INSERT INTO schema_versions VALUES (99, now(), 'FromTheFuture')", "not know (99 FromTheFuture): use the newer program")]
    [TestCase("INSERT INTO schema_versions VALUES (99)", "not know (99): use the newer program")]
    [TestCase("INSERT INTO schema_versions VALUES (0)", "has the versions 0, 1…N instead of all from 1 on")]
    [TestCase("DELETE FROM schema_versions WHERE version = 3", "schema_versions has the versions 1, 2, 4…N instead")]
    [TestCase("DELETE FROM schema_versions WHERE version < 8", "schema_versions has the versions 8…N instead of")]
    [TestCase($"{WithoutKey} UPDATE schema_versions SET version = NULL WHERE version = 1", "versions null, 2…N ")]
    [TestCase($"{WithoutKey} INSERT INTO schema_versions VALUES (1)", "the versions 1, 1, 2…N instead of")]
    [TestCase("ALTER TABLE schema_versions DROP COLUMN description", "columns applied_at timestamp with time zone, version bigint.")]
    [TestCase("ALTER TABLE schema_versions ALTER COLUMN version TYPE text", "description text, version text.")]
    [TestCase("TRUNCATE schema_versions", "no history in schema_versions, but the database has public.game_sessions")]
    [TestCase("DROP TABLE schema_versions", "no history in schema_versions, but the database has public.game_sessions")]
    [TestCase("DROP TABLE schema_versions; CREATE SCHEMA other; ALTER TABLE game_sessions SET SCHEMA other", "has other.game_sessions")]
    [TestCase("CREATE TABLE schema_history ()", "two histories of its schema, schema_versions and schema_history")]
    public Task A_history_of_this_build_is_refused(string damage, string reason) =>
        RefusesAsync(TestDatabase.CreateAsync(), damage, Expand(reason));

    [TestCase("INSERT INTO schema_history VALUES ('20990101000000_FromTheFuture', '10.0.0')", "_FromTheFuture): use the program that")]
    [TestCase("""DELETE FROM schema_history WHERE "MigrationId" LIKE '%LeastPrivilege'""", "versions 1, 2, 4, 5, 6, 7, 8 instead of")]
    [TestCase("""ALTER TABLE schema_history DROP COLUMN "ProductVersion" """, "it has the columns MigrationId character varying(150).")]
    [TestCase("TRUNCATE schema_history", "no history in schema_versions, but the database has public.game_sessions")]
    [TestCase("CREATE SCHEMA other; ALTER TABLE schema_history SET SCHEMA other", "has other.schema_history and public.game_sessions")]
    [TestCase("CREATE TABLE schema_versions (version bigint, applied_at timestamptz, description text)", "two histories of its schema")]
    public Task A_history_of_an_earlier_build_is_refused(string damage, string reason) =>
        RefusesAsync(EarlierBuild.RestoreAsync(8), damage, reason);

    // "4…N" stands for the versions from 4 to the latest one.
    private static string Expand(string reason) => VersionsFrom().Replace(reason, from =>
    {
        var first = int.Parse(from.Groups[1].Value);
        return string.Join(", ", Enumerable.Range(first, SchemaMigrator.LatestVersion - first + 1));
    });

    [GeneratedRegex(@"(\d)…N")]
    private static partial Regex VersionsFrom();

    private static async Task RefusesAsync(Task<TestDatabase> creation, string damage, string reason)
    {
        await using var database = await creation;
        await database.ExecuteAsync(damage);
        var before = await StateAsync(database);
        var schema = new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner));
        Func<Task>[] attempts =
        [
            () => schema.GetVersionAsync(default), () => schema.ListAsync(default), () => schema.PlanAsync(0, default),
            () => schema.FindUnusableImagesAsync(default), () => schema.MigrateAsync(8, default), () => schema.MigrateAsync(0, default),
        ];

        foreach (var attempt in attempts)
        {
            Assert.That(
                async () => await attempt(),
                Throws.TypeOf<SchemaVersionException>().With.Message.Contains(reason).And.Message.Not.Contains("\n"));
        }

        Assert.That(await StateAsync(database), Is.EqualTo(before));
        await using var source = NpgsqlDataSource.Create(database.ConnectionString(EmbeddedServer.Owner));
        var health = await new SchemaHealthCheck(source, new RetryPipeline(TimeProvider.System)).CheckHealthAsync(new());

        // The comment on the table says that programs of version 4 can use the schema. The service ignores a second table.
        var works = reason.Contains("newer program", StringComparison.Ordinal) || damage == "CREATE TABLE schema_history ()";
        Assert.That(health.Status, Is.EqualTo(works ? HealthStatus.Healthy : HealthStatus.Unhealthy));
    }

    // All columns and all rows of every table.
    private static Task<List<string>> StateAsync(TestDatabase database) => database.QueryAsync<string>(
        """
        SELECT format('%s %s %s', attrelid::regclass, attname, atttypid::regtype)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL
        SELECT table_to_xml(oid, true, true, '')::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        ORDER BY 1
        """);
}
