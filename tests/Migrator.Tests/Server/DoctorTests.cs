using System.Text.Json;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Operations;
using GameImages.Operations.Server;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Migrator.Tests.Server;

/// <summary>gameimages doctor, on a server that bootstrap and up have prepared.</summary>
public sealed class DoctorTests
{
    private BareServer server = null!;
    private string owner = null!;

    [OneTimeSetUp]
    public async Task Start_a_server() => server = await BareServer.StartAsync("");

    [OneTimeTearDown]
    public ValueTask Stop_the_server() => server.DisposeAsync();

    [SetUp]
    public async Task Create_a_database()
    {
        await server.EmptyAsync();
        await new Bootstrap(server.ConnectionString()).RunAsync(
            "gameimages",
            new Dictionary<string, string> { [Roles.Owner] = "owner" },
            areAllNew: false,
            _ => Task.CompletedTask,
            CancellationToken.None);
        owner = new NpgsqlConnectionStringBuilder(server.ConnectionString(database: "gameimages"))
        {
            Username = Roles.Owner,
            Password = "owner",
        }.ConnectionString;
        await new SchemaMigrator(owner).MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None);
    }

    [Test]
    public async Task A_server_after_bootstrap_has_no_problems()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(Environment(owner, server.ConnectionString()), "doctor");
        Assert.That((exitCode, error), Is.EqualTo((0, "")), output);
        Assert.That(output, Does.Match(@"(?m)^ok +schema +version \d+ *$").And.Match(@"\n0 problems, \d warnings?\.$"));

        (exitCode, output, _) = await CommandLine.RunAsync(Environment(owner, server.ConnectionString()), "doctor", "--json");
        var result = JsonDocument.Parse(output).RootElement;
        Assert.That((exitCode, result.GetProperty("problems").GetInt64()), Is.EqualTo((0, 0)));
        Assert.That(
            result.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("health").GetString()),
            Is.All.AnyOf("ok", "warning"));
    }

    // The advice of the finding corrects the fault.
    [TestCase("roles", "gameimages_app is a superuser", "ALTER ROLE gameimages_app SUPERUSER")]
    [TestCase("roles", "gameimages_app bypasses row-level security", "ALTER ROLE gameimages_app BYPASSRLS")]
    [TestCase("roles", "gameimages_owner may create roles", "ALTER ROLE gameimages_owner CREATEROLE")]
    [TestCase("roles", "gameimages_bot may create databases", "ALTER ROLE gameimages_bot CREATEDB")]
    [TestCase("roles", "gameimages_public may replicate the server", "ALTER ROLE gameimages_public REPLICATION")]
    [TestCase("roles", "gameimages_public is a member of gameimages_app", "GRANT gameimages_app TO gameimages_public")]
    [TestCase("privileges", "gameimages_app has TRUNCATE on TABLE game_sessions", "GRANT TRUNCATE ON game_sessions TO gameimages_app")]
    [TestCase(
        "privileges",
        "gameimages_app has GRANT OPTION FOR SELECT on TABLE game_images",
        "GRANT SELECT ON game_images TO gameimages_app WITH GRANT OPTION")]
    [TestCase(
        "privileges",
        "gameimages_public has SELECT (reference_count) on TABLE game_images",
        "GRANT SELECT (reference_count) ON game_images TO gameimages_public")]
    [TestCase("privileges", "PUBLIC has SELECT on TABLE game_sessions", "GRANT SELECT ON game_sessions TO PUBLIC")]
    [TestCase("privileges", "PUBLIC has CONNECT on DATABASE gameimages", "GRANT CONNECT ON DATABASE gameimages TO PUBLIC")]
    [TestCase("privileges", "gameimages_app has CREATE on SCHEMA public", "GRANT CREATE ON SCHEMA public TO gameimages_app")]
    [TestCase(
        "privileges",
        "gameimages_public has EXECUTE on FUNCTION blocked_hash_lock(bytea)",
        "GRANT EXECUTE ON FUNCTION blocked_hash_lock TO gameimages_public")]
    [TestCase("privileges", "gameimages_app lacks UPDATE on TABLE game_images", "REVOKE UPDATE ON game_images FROM gameimages_app")]
    [TestCase(
        "privileges",
        "gameimages_public lacks SELECT (mime_type) on TABLE game_images",
        "REVOKE SELECT (mime_type) ON game_images FROM gameimages_public")]
    [TestCase(
        "privileges",
        "gameimages_bot lacks CONNECT on DATABASE gameimages",
        "REVOKE CONNECT ON DATABASE gameimages FROM gameimages_bot")]
    [TestCase("privileges", "game_images belongs to postgres, not to gameimages_owner", "ALTER TABLE game_images OWNER TO postgres")]
    [TestCase("roles", "the password of gameimages_app has expired", "ALTER ROLE gameimages_app VALID UNTIL '2020-01-01'")]
    [TestCase("roles", "gameimages_public may not connect", "ALTER ROLE gameimages_public CONNECTION LIMIT 0")]
    [TestCase("row-level security", "not enabled on game_sessions", "ALTER TABLE game_sessions DISABLE ROW LEVEL SECURITY")]
    [TestCase("row-level security", "not forced on game_sessions", "ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY")]
    [TestCase(
        "row-level security",
        "the policy members_of_the_guild is missing, or has another definition",
        "DROP POLICY members_of_the_guild ON game_sessions")]
    [TestCase(
        "row-level security",
        "the policy members_of_the_guild is missing, or has another definition",
        "ALTER POLICY members_of_the_guild ON game_sessions USING (true)")]
    [TestCase(
        "row-level security",
        "the policy members_of_the_guild is missing, or has another definition",
        "ALTER POLICY members_of_the_guild ON game_sessions WITH CHECK (true)")]
    [TestCase(
        "row-level security",
        "there is an unknown policy: all_of_them on game_sessions",
        "CREATE POLICY all_of_them ON game_sessions USING (true)")]
    [TestCase("row-level security", "not enabled on guild_channels", "ALTER TABLE guild_channels DISABLE ROW LEVEL SECURITY")]
    [TestCase(
        "row-level security",
        "the policy channels_of_the_guild is missing, or has another definition",
        "ALTER POLICY channels_of_the_guild ON guild_channels USING (true)")]
    [TestCase(
        "row-level security",
        "the policy channels_to_record is missing, or has another definition",
        "ALTER POLICY channels_to_record ON guild_channels TO PUBLIC")]
    [TestCase(
        "row-level security",
        "the trigger refuse_foreign_channel of game_sessions is missing or disabled",
        "ALTER TABLE game_sessions DISABLE TRIGGER refuse_foreign_channel")]
    [TestCase("row-level security", "not enabled on image_uploads", "ALTER TABLE image_uploads DISABLE ROW LEVEL SECURITY")]
    [TestCase("row-level security", "not forced on idempotency_keys", "ALTER TABLE idempotency_keys NO FORCE ROW LEVEL SECURITY")]
    [TestCase(
        "row-level security",
        "the policy uploads_of_sent_images is missing, or has another definition",
        "ALTER POLICY uploads_of_sent_images ON image_uploads WITH CHECK (true)")]
    [TestCase(
        "row-level security",
        "the policy uploads_of_the_member is missing, or has another definition",
        "ALTER POLICY uploads_of_the_member ON image_uploads USING (true)")]
    [TestCase(
        "row-level security",
        "the policy usage_of_the_guild is missing, or has another definition",
        "DROP POLICY usage_of_the_guild ON guild_usage")]
    [TestCase("privileges", "gameimages_app has UPDATE on TABLE guild_usage", "GRANT UPDATE ON guild_usage TO gameimages_app")]
    [TestCase(
        "privileges",
        "gameimages_app lacks INSERT (answer) on TABLE idempotency_keys",
        "REVOKE INSERT (answer) ON idempotency_keys FROM gameimages_app")]
    [TestCase("roles", "gameimages_variants bypasses row-level security", "ALTER ROLE gameimages_variants BYPASSRLS")]
    [TestCase(
        "privileges",
        "gameimages_variants has SELECT on TABLE game_images",
        "GRANT SELECT ON game_images TO gameimages_variants")]
    [TestCase(
        "privileges",
        "gameimages_variants lacks SELECT on TABLE images_without_variants",
        "REVOKE SELECT ON images_without_variants FROM gameimages_variants")]
    [TestCase(
        "privileges",
        "gameimages_variants lacks EXECUTE on FUNCTION refuse_variants(uuid, text)",
        "REVOKE EXECUTE ON FUNCTION refuse_variants FROM gameimages_variants")]
    [TestCase(
        "privileges",
        "gameimages_public has SELECT (created_at) on TABLE image_variants",
        "GRANT SELECT (created_at) ON image_variants TO gameimages_public")]
    [TestCase("durability", "synchronous_commit is off for ROLE gameimages_app", "ALTER ROLE gameimages_app SET synchronous_commit = off")]
    [TestCase(
        "durability",
        "synchronous_commit is off for ROLE gameimages_app IN DATABASE gameimages",
        "ALTER ROLE gameimages_app IN DATABASE gameimages SET synchronous_commit = off")]
    public async Task A_fault_is_found_and_its_advice_corrects_it(string check, string found, string fault)
    {
        await server.ExecuteAsync(fault, "gameimages");
        var problem = (await ProblemsAsync()).Single();
        Assert.That((problem.Check, problem.Found), Is.EqualTo((check, found)));

        await server.ExecuteAsync(problem.ToDo!, "gameimages");
        Assert.That(await ProblemsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_database_of_another_role_is_found_and_its_advice_changes_no_tables()
    {
        await server.ExecuteAsync("ALTER DATABASE gameimages OWNER TO postgres", "gameimages");
        var problems = await ProblemsAsync();
        Assert.That(
            problems.Select(problem => problem.Found),
            Has.One.EqualTo("gameimages belongs to postgres, not to gameimages_owner").And.None.Contains("schema_versions"));

        await server.ExecuteAsync(
            problems.Single(problem => problem.Found.StartsWith("gameimages belongs", StringComparison.Ordinal)).ToDo!,
            "gameimages");
        Assert.That(await ProblemsAsync(), Is.Empty);
    }

    [TestCase("autovacuum", "autovacuum is off for game_images", "ALTER TABLE game_images SET (autovacuum_enabled = false)")]
    [TestCase(
        "privileges",
        "PUBLIC may create large objects, which could fill the disk",
        "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC")]
    public async Task A_minor_fault_is_a_warning(string check, string found, string fault)
    {
        var before = await WarningsAsync();
        await server.ExecuteAsync(fault, "gameimages");
        var warning = (await WarningsAsync()).Except(before).Single();
        Assert.That((warning.Check, warning.Found), Is.EqualTo((check, found)));

        await server.ExecuteAsync(warning.ToDo!.Replace("As a superuser: ", "", StringComparison.Ordinal), "gameimages");
        Assert.That(await WarningsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Uploads_that_expired_long_ago_are_a_warning()
    {
        await server.ExecuteAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, reference_count)
                VALUES (sha256('x'), 'image/png', 'x', 1, 1);
            INSERT INTO image_uploads (user_id, image_id, expires_at) SELECT '7', id, now() - interval '61 minutes' FROM game_images;
            """,
            "gameimages");
        var warning = (await WarningsAsync()).Single(finding => finding.Check == "uploads");
        Assert.That(warning.Found, Does.StartWith("1 expired more than an hour ago, the oldest at "));

        await server.ExecuteAsync("UPDATE image_uploads SET expires_at = now() - interval '59 minutes'", "gameimages");
        Assert.That((await WarningsAsync()).Select(finding => finding.Check), Has.No.Member("uploads"));
        await server.ExecuteAsync("DELETE FROM image_uploads; DELETE FROM game_images", "gameimages");
    }

    [Test]
    public async Task Images_that_wait_long_for_their_variants_are_a_warning()
    {
        await StoreImageAsync("11 minutes");
        var warning = (await WarningsAsync()).Single(finding => finding.Check == "variants");
        Assert.That(
            warning.Found, Does.StartWith("images that were stored more than 10 minutes ago and wait for variants: 1, the oldest since "));
        Assert.That(warning.ToDo, Is.EqualTo("Start the worker, GameImages.Variants, or read its log."));

        await server.ExecuteAsync("UPDATE game_images SET created_at = now() - interval '9 minutes'", "gameimages");
        Assert.That((await WarningsAsync()).Select(finding => finding.Check), Has.No.Member("variants"));
    }

    [Test]
    public async Task Images_whose_variants_were_refused_are_a_warning()
    {
        await StoreImageAsync("0 minutes");
        await server.ExecuteAsync("SELECT refuse_variants(id, 'broken') FROM game_images", "gameimages");
        var warning = (await WarningsAsync()).Single(finding => finding.Check == "variants");

        Assert.That(warning.Found, Is.EqualTo("images that get no variants: 1"));
        Assert.That(warning.ToDo, Is.EqualTo("gameimages variants list says why."));
    }

    [Test]
    public async Task The_decoder_of_the_worker_loads()
    {
        var decoder = (await RunAsync()).Single(finding => finding.Check == "libvips");

        Assert.That(decoder.Health, Is.EqualTo(Health.Ok));
        Assert.That(decoder.Found, Does.Match(@"^version \d+\.\d+\.\d+ loads$"));
    }

    [Test]
    public async Task An_unused_replication_slot_is_a_warning()
    {
        await server.ExecuteAsync("SELECT pg_create_physical_replication_slot('gone', true)");
        var warning = (await WarningsAsync()).Single(finding => finding.Check == "replication slots");
        Assert.That(warning.Found, Does.StartWith("gone is inactive and keeps "));

        await server.ExecuteAsync("SELECT pg_drop_replication_slot('gone')");
    }

    [Test]
    public async Task Missing_roles_and_roles_without_login_need_bootstrap()
    {
        await server.ExecuteAsync("DROP OWNED BY gameimages_bot", "gameimages");
        await server.ExecuteAsync("DROP OWNED BY gameimages_bot; DROP ROLE gameimages_bot; ALTER ROLE gameimages_public NOLOGIN");

        Assert.That((await ProblemsAsync()).Where(problem => problem.Check == "roles"), Is.EqualTo(new Finding[]
        {
            new("roles", Health.Problem, "gameimages_bot is missing", "gameimages bootstrap"),
            new("roles", Health.Problem, "gameimages_public may not log in", "gameimages bootstrap"),
        }));
    }

    [Test]
    public async Task Unknown_roles_with_privileges_are_named()
    {
        await server.ExecuteAsync("CREATE ROLE auditor; GRANT SELECT ON game_images, game_sessions TO auditor", "gameimages");

        var findings = await RunAsync();
        Assert.That(
            findings,
            Has.Member(
                new Finding(
                    "privileges",
                    Health.Ok,
                    "auditor, an unknown role, has SELECT on TABLE game_images, SELECT on TABLE game_sessions")));
    }

    [Test]
    public async Task An_older_schema_needs_up()
    {
        await new SchemaMigrator(owner).MigrateAsync(SchemaMigrator.LatestVersion - 1, CancellationToken.None);
        Assert.That(
            await ProblemsAsync(),
            Is.EqualTo(
                new[]
                {
                    new Finding(
                        "schema",
                        Health.Problem,
                        $"version {SchemaMigrator.LatestVersion - 1} of {SchemaMigrator.LatestVersion}",
                        "gameimages up"),
                }));

        await new SchemaMigrator(owner).MigrateAsync(0, CancellationToken.None);
        Assert.That(
            await ProblemsAsync(),
            Is.EqualTo(new[] { new Finding("schema", Health.Problem, "the database has no schema", "gameimages up") }));
    }

    [Test]
    public async Task A_newer_schema_needs_the_newer_program()
    {
        await server.ExecuteAsync("INSERT INTO schema_versions VALUES (99, now(), 'Later')", "gameimages");

        var problem = (await ProblemsAsync()).Single();
        Assert.That(problem.Check, Is.EqualTo("schema"));
        Assert.That(problem.Found, Does.Contain("99 Later").And.Contain("use the newer program"));
    }

    [TestCase(0.5, null, null)]
    [TestCase(3, Health.Warning, "ahead of")]
    [TestCase(-3, Health.Warning, "behind")]
    [TestCase(60, Health.Problem, "ahead of")]
    public async Task Clocks_that_differ_are_found(double seconds, Health? health, string? direction)
    {
        var findings = await new Doctor(owner, server.ConnectionString(), new ClockBehind(TimeSpan.FromSeconds(seconds))).RunAsync(
            CancellationToken.None);
        var clock = findings.Single(finding => finding.Check == "clock");

        Assert.That(clock.Health, Is.EqualTo(health ?? Health.Ok));
        if (direction is not null)
        {
            Assert.That(
                clock.Found,
                Does.Match($@"^the server's clock is {Math.Abs(seconds)}\.\d s {direction} the clock of this machine$"));
        }
    }

    [Test]
    public async Task A_server_that_may_lose_confirmed_changes_is_a_problem()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (exitCode, output, _) = await CommandLine.RunAsync(database, "doctor");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Match("problem +durability +fsync is off")
                .And.Match("problem +durability +full_page_writes is off")
                .And.Match("problem +durability +synchronous_commit is off"));
    }

    [Test]
    public async Task Sessions_that_block_others_are_named()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var holder = await database.OpenAsync();
        await using var waiter = await database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("LOCK TABLE game_images", holder);
        await hold.ExecuteNonQueryAsync();
        await using var wait = new NpgsqlCommand("SELECT FROM game_images", waiter);
        var waiting = wait.ExecuteNonQueryAsync();
        await database.WaitForWaitersAsync();

        var sessions = await SessionsAsync(TimeSpan.Zero);
        Assert.That(
            sessions.Select(session => session.Found),
            Has.Some.StartsWith($"process {holder.ProcessID} (postgres, ) is idle in a transaction for ")
                .And.Some.StartsWith($"process {waiter.ProcessID} (postgres, ) waits for a lock for "));
        Assert.That(sessions, Has.Some.Property("ToDo").Contains($"It waits for process {holder.ProcessID}:"));
        Assert.That((await SessionsAsync(TimeSpan.FromMinutes(5))).Single().Health, Is.EqualTo(Health.Ok));

        await transaction.RollbackAsync();
        await waiting;

        async Task<List<Finding>> SessionsAsync(TimeSpan patience) =>
            [
                .. (
                    await new Doctor(null, database.ConnectionString(EmbeddedServer.Superuser), TimeProvider.System)
                    {
                        Patience = patience,
                    }.RunAsync(CancellationToken.None)).Where(finding => finding.Check == "sessions"),
            ];
    }

    [Test]
    public async Task A_locked_table_is_a_problem_and_is_not_waited_for()
    {
        await using var holder = new NpgsqlConnection(server.ConnectionString(database: "gameimages"));
        await holder.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE schema_versions", holder);
        await hold.ExecuteNonQueryAsync();

        Assert.That(
            (await ProblemsAsync()).Single(),
            Is.EqualTo(new Finding("schema", Health.Problem, "canceling statement due to lock timeout")));
    }

    [Test]
    public async Task The_owner_sees_less_and_the_findings_say_so()
    {
        var (exitCode, output, _) = await CommandLine.RunAsync(Environment(owner, null), "doctor");

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(
            output,
            Does.Match("warning +disk +not visible to gameimages_owner")
                .And.Match("warning +sessions .*not visible")
                .And.Match("ok +row-level security +enabled and forced"));
    }

    [Test]
    public async Task One_working_connection_is_enough_and_none_returns_3()
    {
        var wrong = new NpgsqlConnectionStringBuilder(owner) { Password = "s3cret" }.ConnectionString;

        var (exitCode, output, _) = await CommandLine.RunAsync(Environment(wrong, server.ConnectionString()), "doctor");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Match("problem +connection +ConnectionStrings__Migrator: password authentication failed")
                .And.Match("ok +schema")
                .And.Not.Contain("s3cret"));

        (exitCode, output, var error) = await CommandLine.RunAsync(
            Environment(wrong, "Host=127.0.0.1;Port=1;Username=x;Password=s3cret"),
            "doctor");
        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((3, "", 1)));
        Assert.That(error, Does.Not.Contain("s3cret"));
    }

    private static Dictionary<string, string> Environment(string owner, string? administrator)
    {
        var environment = new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = owner };
        if (administrator is not null)
            environment["ConnectionStrings__Administrator"] = administrator;
        return environment;
    }

    private Task StoreImageAsync(string age) => server.ExecuteAsync(
        $"""
        INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, created_at)
        VALUES (sha256('x'), 'image/png', 'x', 1, now() - interval '{age}')
        """,
        "gameimages");

    private Task<IReadOnlyList<Finding>> RunAsync() =>
        new Doctor(owner, server.ConnectionString(), TimeProvider.System).RunAsync(CancellationToken.None);

    private async Task<List<Finding>> ProblemsAsync() => [.. (await RunAsync()).Where(finding => finding.Health == Health.Problem)];

    private async Task<List<Finding>> WarningsAsync() => [.. (await RunAsync()).Where(finding => finding.Health == Health.Warning)];

    private sealed class ClockBehind(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - by;
    }
}
