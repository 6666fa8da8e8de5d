using System.Diagnostics;
using System.Text.Json;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Migrator.Tests.Server;

/// <summary>gameimages backup and restore.</summary>
public sealed class BackupTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("gameimages-tests.").FullName;
    private TestDatabase database = null!;
    private string backup = null!;

    [OneTimeSetUp]
    public async Task Back_up_a_database_with_games()
    {
        if (!File.Exists(Path.Combine(ServerPrograms.Find(), "pg_dump")))
            Prerequisite.Missing("There is no pg_dump of the server's version.");

        database = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(database, new TestCaller(42, 43));
        await useCases.CreateGameAsync(Pictures.Content(1), Pictures.Content(2));
        await useCases.SendAsync(
            UseCases.NewGame(43) with { Thumbnail = Pictures.Content(1), Key = new("key", Pictures.Content(1).Hash) });
        await useCases.UploadAsync(Pictures.Content(1), guild: 42);
        await useCases.UploadAsync(Pictures.Content(3));
        await database.ExecuteAsync(
            """
            SELECT store_variants(id, 2, 2, '\x0102030405', 0, ARRAY[160], ARRAY[90], ARRAY['\x01'::bytea]) FROM game_images
            WHERE content_hash = @hash;
            UPDATE game_sessions SET thumbnail_alt = 'a "text"', banner_alt = 'é';
            """,
            new { hash = Pictures.Content(1).Hash.ToDigest() });
        await database.ExecuteAsync("INSERT INTO blocked_hashes (content_hash, reason) VALUES (sha256('x'), 'a \"reason\"\n')");

        backup = Path.Combine(folder, "backup");
        var (exitCode, output, error) = await CommandLine.RunAsync(database, "backup", backup);
        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.StartWith($"Backed up {database.Name}, schema version {SchemaMigrator.LatestVersion}, to {backup}: "));
    }

    [OneTimeTearDown]
    public async Task Drop_the_database()
    {
        if (database is not null)
            await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_restored_database_equals_the_original()
    {
        await using var target = await EmptyAsync();
        var (exitCode, output, error) = await CommandLine.RunAsync(target, "restore", backup);
        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(
            output,
            Does.StartWith(
                $"Restored {backup} into {target.Name}: schema version {SchemaMigrator.LatestVersion}.\n"
                + "Checked 3 images and 5 references, and read 3 images, ").And.EndWith("No problems were found."));

        Assert.That(await RowsAsync(target), Is.EqualTo(await RowsAsync(database)));
        Assert.That(await target.FindInconsistenciesAsync(), Is.Empty);
        Assert.That(await target.QueryAsync<int>("SELECT width FROM image_variants"), Is.EqualTo(new[] { 160 }));

        // What everybody may do on a database is not part of a backup.
        var matrix = (await target.QueryAsync<string>(Privileges.Sql)).Where(line =>
            !line.Contains(" | 3 database | ", StringComparison.Ordinal));
        Assert.That(
            matrix,
            Is.EqualTo(
                (await database.QueryAsync<string>(Privileges.Sql)).Where(line =>
                    !line.Contains(" | 3 database | ", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_backup_is_for_its_owner_only_and_of_one_moment()
    {
        using var programs = new FakePrograms(
            $"mkfifo {folder}/go && echo started >{folder}/started && read x <{folder}/go && exec \"$real\" \"$@\"");
        using (var fifo = Process.Start("mkfifo", [Path.Combine(folder, "started")]))
            await fifo.WaitForExitAsync();

        await using var source = await TestDatabase.CreateAsync();
        await using var useCases = new UseCases(source);
        await useCases.CreateGameAsync(Pictures.Content(1));
        var before = await RowsAsync(source);

        var file = Path.Combine(folder, "moment");
        var running = CommandLine.RunAsync(Environment(source, programs), "backup", file, "--json");
        await File.ReadAllTextAsync(Path.Combine(folder, "started"));
        await useCases.CreateGameAsync(Pictures.Content(2));
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "on\n");

        var (exitCode, output, error) = await running;
        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        var result = JsonDocument.Parse(output).RootElement;
        Assert.That(
            (
                result.GetProperty("file").GetString(),
                result.GetProperty("database").GetString(),
                result.GetProperty("schema_version").GetInt32(),
                result.GetProperty("bytes").GetInt64()),
            Is.EqualTo((file, source.Name, SchemaMigrator.LatestVersion, new FileInfo(file).Length)));
        Assert.That(result.GetProperty("verified").GetProperty("images").GetInt64(), Is.EqualTo(1));

        await using var target = await EmptyAsync();
        (exitCode, output, _) = await CommandLine.RunAsync(target, "restore", file, "--json");
        Assert.That(
            (exitCode, JsonDocument.Parse(output).RootElement.GetProperty("schema_version").GetInt32()),
            Is.EqualTo((0, SchemaMigrator.LatestVersion)));
        Assert.That(await RowsAsync(target), Is.EqualTo(before));
    }

    [Test]
    public async Task The_snapshot_stays_valid_until_pg_dump_starts()
    {
        await using var source = await TestDatabase.CreateAsync();
        await source.ExecuteAsync($"ALTER DATABASE {source.Name} SET idle_in_transaction_session_timeout = '1ms'");

        Assert.That((await CommandLine.RunAsync(source, "backup", Path.Combine(folder, "slow"))).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Only_a_backup_is_replaced_and_only_with_yes()
    {
        var file = Path.Combine(folder, "kept");
        File.Copy(backup, file);
        var before = await File.ReadAllBytesAsync(file);

        Assert.That((await CommandLine.RunAsync(database, "backup", file)).ExitCode, Is.EqualTo(4));
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(before));

        Assert.That((await CommandLine.RunAsync(database, "backup", file, "--yes")).ExitCode, Is.Zero);
        Assert.That(await File.ReadAllBytesAsync(file), Is.Not.EqualTo(before));

        await File.WriteAllTextAsync(file, "PGDM: my thesis");
        Assert.That((await CommandLine.RunAsync(database, "backup", file, "--yes")).ExitCode, Is.EqualTo(4));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("PGDM: my thesis"));
    }

    [Test]
    public async Task A_role_that_row_level_security_filters_cannot_back_up()
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Administrator"] = database.ConnectionString(EmbeddedServer.Owner),
        };
        await ExpectNoBackupAsync(environment, 4, "Row-level security hides games from gameimages_owner");
    }

    [Test]
    public async Task A_database_without_our_schema_is_not_backed_up()
    {
        var environment = new Dictionary<string, string>
        {
            ["ConnectionStrings__Administrator"] = new NpgsqlConnectionStringBuilder(database.ConnectionString(EmbeddedServer.Superuser))
            {
                Database = "postgres",
            }.ConnectionString,
        };
        await ExpectNoBackupAsync(environment, 4, "The database postgres has no schema of GameImages");
    }

    [TestCase(
        "echo 'pg_dump: error: aborting because of server version mismatch' >&2; "
            + "echo 'pg_dump: detail: server version: 99.0; pg_dump version: 15.9' >&2; exit 1",
        "gameimages: pg_dump: error: aborting because of server version mismatch pg_dump: detail: server version: 99.0; "
        + "pg_dump version: 15.9")]
    [TestCase("trap '' XFSZ; ulimit -f 8; exec \"$real\" \"$@\"", "File too large")]
    [TestCase("\"$real\" \"$@\"; kill -9 $$", "gameimages: pg_dump failed.")]
    [TestCase("exec \"$real\" \"$@\" --snapshot=gone", "invalid snapshot identifier")]
    public async Task A_failed_dump_prints_the_reason_and_leaves_no_file(string script, string reason)
    {
        using var programs = new FakePrograms(script);
        await ExpectNoBackupAsync(Environment(database, programs), 3, reason);
    }

    [Test]
    public async Task Without_pg_dump_the_error_names_the_package_to_install() => await ExpectNoBackupAsync(
        new(CommandLine.Environment(database)) { ["GAMEIMAGES_POSTGRES_BIN"] = folder }, 3, "Install postgresql-client");

    [Test]
    public async Task An_interrupted_backup_ends_pg_dump_and_leaves_no_file()
    {
        var pipe = Path.Combine(folder, "pid");
        using (var fifo = Process.Start("mkfifo", [pipe]))
            await fifo.WaitForExitAsync();
        using var programs = new FakePrograms($"echo $$ >{pipe}; exec sleep 1000");
        var target = Path.Combine(folder, "interrupted");

        var process = CommandLine.Start(Environment(database, programs), "backup", target);
        using var dump = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pipe)));
        Process.Start("kill", ["-INT", $"{process.Id}"]).Dispose();

        Assert.That(
            await CommandLine.EndOfAsync(process),
            Is.EqualTo((130, "", "gameimages: Interrupted. Changes that were not complete have been undone.")));
        await dump.WaitForExitAsync();
        Assert.That(Directory.EnumerateFiles(folder, "interrupted*"), Is.Empty);
    }

    [Test]
    public async Task The_password_is_in_the_environment_of_pg_dump_and_not_in_its_arguments()
    {
        var seen = Path.Combine(folder, "seen");
        using var programs = new FakePrograms($"echo \"$@\" >{seen}; printf %s \"$PGPASSWORD\" >{seen}.password; exec \"$real\" \"$@\"");

        Assert.That(
            (await CommandLine.RunAsync(Environment(database, programs), "backup", Path.Combine(folder, "secret"))).ExitCode,
            Is.Zero);
        var password = new NpgsqlConnectionStringBuilder(database.ConnectionString(EmbeddedServer.Superuser)).Password!;
        Assert.That(await File.ReadAllTextAsync($"{seen}.password"), Is.EqualTo(password));
        Assert.That(await File.ReadAllTextAsync(seen), Does.Contain("--snapshot=").And.Not.Contain(password));
    }

    [Test]
    public async Task A_restore_into_a_database_that_is_not_empty_is_refused()
    {
        await using var target = await EmptyAsync();
        await target.ExecuteAsync("CREATE TABLE mine ()");
        var (exitCode, _, error) = await CommandLine.RunAsync(target, "restore", backup);

        Assert.That((exitCode, error.Split('\n').Length), Is.EqualTo((4, 1)));
        Assert.That(error, Does.Contain($"The database {target.Name} is not empty"));
        Assert.That(await TablesAsync(target), Is.EqualTo(new[] { "mine" }));
    }

    [Test]
    public async Task A_restore_into_a_database_of_another_role_is_refused()
    {
        await using var target = await EmptyAsync();
        await target.ExecuteAsync($"ALTER DATABASE {target.Name} OWNER TO postgres");
        var (exitCode, _, error) = await CommandLine.RunAsync(target, "restore", backup);

        Assert.That(exitCode, Is.EqualTo(4));
        Assert.That(error, Does.Contain("belongs to postgres, not to gameimages_owner"));
    }

    [Test]
    public async Task A_restore_without_the_roles_is_refused()
    {
        await using var server = await BareServer.StartAsync("-c fsync=off");
        var (exitCode, _, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = server.ConnectionString() },
            "restore",
            backup);

        Assert.That(exitCode, Is.EqualTo(4));
        Assert.That(error, Does.Contain("has no gameimages_").And.Contain("run gameimages bootstrap first"));
    }

    [Test]
    public async Task An_incomplete_backup_returns_2_and_restores_nothing()
    {
        await using var target = await EmptyAsync();
        var whole = await File.ReadAllBytesAsync(backup);
        var damaged = Path.Combine(folder, "damaged");

        foreach (var length in new[] { 0, 4, 100, whole.Length / 2, whole.Length - 100 })
        {
            await File.WriteAllBytesAsync(damaged, whole[..length]);
            var (exitCode, _, error) = await CommandLine.RunAsync(target, "restore", damaged);
            Assert.That((exitCode, error.Split('\n').Length), Is.EqualTo((2, 1)), $"{length} bytes: {error}");
            Assert.That(error, Does.StartWith($"gameimages: {damaged} is not a backup that can be read: pg_restore: error: "));
        }

        Assert.That((await CommandLine.RunAsync(target, "restore", Path.Combine(folder, "absent"))).ExitCode, Is.EqualTo(2));
        Assert.That(await TablesAsync(target), Is.Empty);
    }

    [Test]
    public async Task A_restore_that_fails_at_its_end_changes_nothing()
    {
        await using var source = await TestDatabase.CreateAsync();
        var role = $"\"{source.Name}\"";
        await source.ExecuteAsync($"CREATE ROLE {role}; GRANT SELECT ON game_images TO {role}");
        var file = Path.Combine(folder, "of_another_role");
        Assert.That((await CommandLine.RunAsync(source, "backup", file)).ExitCode, Is.Zero);
        await source.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");

        await using var target = await EmptyAsync();
        var (exitCode, _, error) = await CommandLine.RunAsync(target, "restore", file);
        Assert.That((exitCode, error.Split('\n').Length), Is.EqualTo((3, 1)), error);
        Assert.That(error, Does.Contain("does not exist").And.Not.Contain("Command was"));
        Assert.That(await TablesAsync(target), Is.Empty);
    }

    [Test]
    public async Task An_older_schema_is_backed_up_and_restored_as_well()
    {
        await using var source = await TestDatabase.CreateAsync(schemaVersion: 1);
        var file = Path.Combine(folder, "older");
        var (exitCode, output, _) = await CommandLine.RunAsync(source, "backup", file);
        Assert.That(exitCode, Is.Zero);
        Assert.That(
            output,
            Does.Contain("schema version 1, ")
                .And.EndWith($"It was not verified, because this program needs schema version {SchemaMigrator.LatestVersion} for that."));

        await using var target = await EmptyAsync();
        (exitCode, output, _) = await CommandLine.RunAsync(target, "restore", file);
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("schema version 1.\nIt was not verified"));
        Assert.That((await CommandLine.RunAsync(target, "up")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_backup_from_before_uploads_counts_the_use_of_guilds_when_it_is_moved_up()
    {
        await using var source = await TestDatabase.CreateAsync(schemaVersion: 9);
        await source.ExecuteAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height, reference_count)
                VALUES (sha256(@bytes), 'image/png', @bytes, octet_length(@bytes), 2, 2, 2);
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id)
                SELECT guild, 5, 7, 'game', now(), id FROM game_images CROSS JOIN unnest(ARRAY[42, 43]) AS guild;
            """,
            new { bytes = Pictures.Content(1).Bytes.ToArray() });
        var file = Path.Combine(folder, "before-uploads");
        Assert.That((await CommandLine.RunAsync(source, "backup", file)).ExitCode, Is.Zero);

        await using var target = await EmptyAsync();
        foreach (var command in new[] { $"restore {file}", "up", "verify" })
        {
            var (exitCode, output, error) = await CommandLine.RunAsync(target, command.Split(' '));
            Assert.That(exitCode, Is.Zero, $"{command}: {output}\n{error}");
        }

        Assert.That(
            await target.QueryAsync<(long, long, long)>("SELECT guild_id, games, images FROM guild_usage ORDER BY guild_id"),
            Is.EqualTo(new[] { (42L, 1L, 1L), (43L, 1L, 1L) }));
    }

    [Test]
    public async Task A_newer_schema_is_backed_up_as_well()
    {
        await using var source = await TestDatabase.CreateAsync();
        await source.ExecuteAsync("INSERT INTO schema_versions VALUES (99, now(), 'Later')");
        var (exitCode, output, _) = await CommandLine.RunAsync(source, "backup", Path.Combine(folder, "newer"));

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("an unknown schema version, ").And.Contain("It was not verified"));
    }

    [Test]
    public async Task Damage_is_backed_up_restored_and_reported()
    {
        await using var source = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(source))
            await useCases.CreateGameAsync(Pictures.Content(1));
        await source.ExecuteAsync("UPDATE game_images SET reference_count = 7");
        var file = Path.Combine(folder, "damage");

        var (exitCode, output, _) = await CommandLine.RunAsync(source, "backup", file, "--json");
        var result = JsonDocument.Parse(output).RootElement;
        Assert.That(
            (
                exitCode,
                result.GetProperty("problems").GetArrayLength(),
                result.GetProperty("verified").GetProperty("problems").GetProperty("wrong_count").GetInt64()),
            Is.EqualTo((1, 1, 1)));

        await using var target = await EmptyAsync();
        (exitCode, output, _) = await CommandLine.RunAsync(target, "restore", file);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.EndWith("1 problem: 1 wrong count."));
        Assert.That(await RowsAsync(target), Is.EqualTo(await RowsAsync(source)));
    }

    private static Task<TestDatabase> EmptyAsync() => TestDatabase.CreateAsync(schemaVersion: 0);

    private static Dictionary<string, string> Environment(TestDatabase database, FakePrograms programs) =>
        new(CommandLine.Environment(database)) { ["GAMEIMAGES_POSTGRES_BIN"] = programs.Folder };

    private async Task ExpectNoBackupAsync(Dictionary<string, string> environment, int expected, string reason)
    {
        var before = Directory.GetFileSystemEntries(folder);
        var (exitCode, output, error) = await CommandLine.RunAsync(environment, "backup", Path.Combine(folder, "none"));

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((expected, "", 1)), error);
        Assert.That(error, Does.StartWith("gameimages: ").And.Contain(reason));
        Assert.That(Directory.GetFileSystemEntries(folder), Is.EquivalentTo(before));
    }

    private static Task<List<string>> RowsAsync(TestDatabase database) => database.QueryAsync<string>(
        """
        SELECT 'game ' || game_sessions FROM game_sessions UNION ALL SELECT 'image ' || game_images FROM game_images
        UNION ALL SELECT 'blocked ' || blocked_hashes FROM blocked_hashes
        UNION ALL SELECT 'upload ' || image_uploads FROM image_uploads
        UNION ALL SELECT 'guild image ' || guild_images FROM guild_images
        UNION ALL SELECT 'guild usage ' || guild_usage FROM guild_usage
        UNION ALL SELECT 'variant ' || image_variants FROM image_variants
        UNION ALL SELECT 'key ' || idempotency_keys FROM idempotency_keys
        UNION ALL SELECT 'migration ' || schema_versions FROM schema_versions ORDER BY 1
        """);

    private static Task<List<string>> TablesAsync(TestDatabase database) =>
        database.QueryAsync<string>("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace");
}
