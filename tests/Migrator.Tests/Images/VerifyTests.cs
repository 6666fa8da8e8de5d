using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Migrator.Tests.Images;

public sealed class VerifyTests : DamagedDatabase
{
    [Test]
    public async Task Without_damage_no_problems_are_found()
    {
        var (exitCode, output, _) = await CommandLine.RunAsync(Database, "verify");

        Assert.That(exitCode, Is.Zero);
        Assert.That(
            output,
            Does.StartWith("Checked 2 images and 3 references, and read 2 images, ").And.EndWith("No problems were found."));
    }

    [Test]
    public async Task A_count_that_is_too_high_is_reported()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 3 WHERE id = @Shared");

        await FindsAsync("wrong_count", $"Image {Shared} has a reference count of 3 instead of 2.");
    }

    [Test]
    public async Task A_count_that_is_too_low_is_reported()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 0 WHERE id = @Shared");

        await FindsAsync("wrong_count", $"Image {Shared} has a reference count of 0 instead of 2.");
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task An_image_that_no_game_shows_is_reported_whatever_its_count(int count)
    {
        await PlantAsync(
            $"UPDATE game_sessions SET banner_image_id = NULL; UPDATE game_images SET reference_count = {count} WHERE id = @Lonely");

        await FindsAsync(
            "unreferenced",
            $"Image {Lonely} has a reference count of {count}, but neither a game nor an upload refers to it.");
    }

    [Test]
    public async Task A_reference_to_a_missing_image_is_reported()
    {
        await PlantAsync("DELETE FROM game_images WHERE id = @Lonely");

        await FindsAsync("dangling_reference", $"Game {Game.Id} refers to image {Lonely} as its banner, but there is no such image.");
    }

    [TestCase("image_data = overlay(image_data PLACING '\\x00' FROM 40)")]
    [TestCase("content_hash = sha256('another')")]
    public async Task Bytes_that_do_not_match_their_hash_are_reported(string damage)
    {
        // The other differences follow from this one, so they are not reported.
        await PlantLengthAsync($"UPDATE game_images SET width = 1, byte_length = 7, mime_type = 'image/gif', {damage} WHERE id = @Shared");
        var hash = await Database.SingleAsync<string>(
            "SELECT encode(content_hash, 'hex') FROM game_images WHERE id = @Shared",
            new { Shared });

        await FindsAsync("wrong_hash", $"Image {Shared} has bytes that do not match its hash, {hash}.");
    }

    [TestCase("verify")]
    [TestCase("verify", "--quick")]
    public async Task A_wrong_length_is_reported_even_without_reading_the_bytes(params string[] command)
    {
        await PlantLengthAsync("UPDATE game_images SET byte_length = 7 WHERE id = @Shared");

        await FindsAsync("wrong_length", $"Image {Shared} is recorded with 7 bytes, but has {SharedContent.Bytes.Length}.", command[1..]);
    }

    [TestCase("1", "1")]
    [TestCase("NULL", "unknown")]
    public async Task A_size_that_differs_from_the_header_is_reported(string width, string recorded)
    {
        await PlantAsync($"UPDATE game_images SET width = {width} WHERE id = @Lonely");

        await FindsAsync("wrong_size", $"Image {Lonely} is recorded as {recorded} x 2 pixels, but is 2 x 2.");
    }

    [Test]
    public async Task A_type_that_differs_from_the_bytes_is_reported()
    {
        await PlantAsync("UPDATE game_images SET mime_type = 'image/gif' WHERE id = @Lonely");

        await FindsAsync("wrong_type", $"Image {Lonely} is recorded as image/gif, but is image/png.");
    }

    [Test]
    public async Task Bytes_that_are_not_an_image_are_reported()
    {
        await PlantAsync("UPDATE game_images SET image_data = 'text', byte_length = 4, content_hash = sha256('text') WHERE id = @Lonely");

        await FindsAsync("wrong_type", $"Image {Lonely} is recorded as image/png, but is none of PNG, JPEG, GIF and WebP.");
    }

    [TestCase("NULL")]
    [TestCase("300")]
    public async Task An_image_of_version_1_whose_header_states_no_size_is_accepted(string width)
    {
        await PlantAsync(
            "UPDATE game_images SET image_data = '\\xFFD8FFD9', byte_length = 4, content_hash = sha256('\\xFFD8FFD9'), mime_type = "
            + $"'image/jpeg', width = {width} WHERE id = @Lonely");

        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
    }

    [TestCase(
        "ALTER TABLE game_sessions DROP CONSTRAINT game_sessions_thumbnail_id_fkey",
        "FOREIGN KEY (thumbnail_id) REFERENCES game_images(id) ON DELETE SET NULL of game_sessions is missing")]
    [TestCase(
        "ALTER TABLE game_sessions DROP CONSTRAINT game_sessions_banner_image_id_fkey; "
        + "ALTER TABLE game_sessions ADD FOREIGN KEY (banner_image_id) REFERENCES game_images ON DELETE SET NULL NOT VALID",
        "was not validated")]
    [TestCase(
        "ALTER TABLE game_sessions DISABLE TRIGGER ALL",
        "FOREIGN KEY (banner_image_id) REFERENCES game_images(id) ON DELETE SET NULL of game_sessions is disabled")]
    [TestCase(
        "ALTER TABLE game_images DISABLE TRIGGER ALL",
        "FOREIGN KEY (thumbnail_id) REFERENCES game_images(id) ON DELETE SET NULL of game_sessions is disabled")]
    [TestCase(
        "ALTER TABLE game_images DISABLE TRIGGER refuse_blocked_image",
        "trigger refuse_blocked_image of game_images is disabled")]
    [TestCase("DROP TRIGGER refuse_blocked_image ON game_images", "trigger refuse_blocked_image of game_images is missing")]
    [TestCase("ALTER TABLE game_images DISABLE TRIGGER notify_image_change", "trigger notify_image_change of game_images is disabled")]
    [TestCase(
        "ALTER TABLE game_images ENABLE TRIGGER notify_image_truncation",
        "trigger notify_image_truncation of game_images is disabled")]
    [TestCase("DROP TRIGGER notify_image_change ON game_images", "trigger notify_image_change of game_images is missing")]
    [TestCase("DROP TRIGGER notify_image_truncation ON game_images", "trigger notify_image_truncation of game_images is missing")]
    [TestCase(
        "ALTER TABLE game_images DROP CONSTRAINT game_images_content_hash_mime_type_key",
        "UNIQUE (content_hash, mime_type) of game_images is missing")]
    [TestCase(
        "ALTER TABLE game_images DROP CONSTRAINT game_images_check",
        "CHECK ((byte_length = octet_length(image_data))) of game_images is missing")]
    [TestCase("ALTER TABLE game_images ALTER COLUMN content_hash DROP NOT NULL", "column content_hash of game_images may be null")]
    [TestCase("ALTER TABLE guild_usage ALTER COLUMN bytes DROP NOT NULL", "column bytes of guild_usage may be null")]
    [TestCase(
        "ALTER TABLE image_uploads DROP CONSTRAINT image_uploads_image_id_fkey",
        "FOREIGN KEY (image_id) REFERENCES game_images(id) of image_uploads is missing")]
    [TestCase(
        "ALTER TABLE image_uploads DROP CONSTRAINT image_uploads_user_id_image_id_key",
        "UNIQUE (user_id, image_id) of image_uploads is missing")]
    [TestCase(
        "ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_pkey",
        "PRIMARY KEY (user_id, key) of idempotency_keys is missing")]
    [TestCase("ALTER TABLE game_sessions DISABLE TRIGGER count_game", "trigger count_game of game_sessions is disabled")]
    [TestCase("DROP TRIGGER refuse_foreign_image ON game_sessions", "trigger refuse_foreign_image of game_sessions is missing")]
    [TestCase("DROP TRIGGER count_upload ON image_uploads", "trigger count_upload of image_uploads is missing")]
    [TestCase(
        "ALTER TABLE image_variants DROP CONSTRAINT image_variants_image_id_fkey",
        "FOREIGN KEY (image_id) REFERENCES game_images(id) ON DELETE CASCADE of image_variants is missing")]
    [TestCase(
        "ALTER TABLE image_variants DROP CONSTRAINT image_variants_pkey",
        "PRIMARY KEY (image_id, width) of image_variants is missing")]
    [TestCase(
        "ALTER TABLE game_images DROP CONSTRAINT game_images_placeholder_check",
        "CHECK (((octet_length(placeholder) >= 5) AND (octet_length(placeholder) <= 25))) of game_images is missing")]
    [TestCase(
        "ALTER TABLE game_sessions DROP CONSTRAINT game_sessions_banner_alt_check",
        "CHECK ((char_length(banner_alt) <= 1000)) of game_sessions is missing")]
    [TestCase("ALTER TABLE image_variants ALTER COLUMN content_hash DROP NOT NULL", "column content_hash of image_variants may be null")]
    [TestCase("DROP TRIGGER notify_new_image ON game_images", "trigger notify_new_image of game_images is missing")]
    [TestCase("ALTER TABLE game_images DISABLE TRIGGER notify_new_image", "trigger notify_new_image of game_images is disabled")]
    public async Task A_missing_guard_is_reported_with_the_statement_that_restores_it(string damage, string fault)
    {
        await Database.ExecuteAsync(damage);
        var (exitCode, problems, _) = await VerifyAsync("--quick");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(problems.Select(problem => problem.Kind), Is.All.EqualTo("missing_guard"));
        Assert.That(problems.Select(problem => problem.Message), Has.One.Contains(fault));

        foreach (var (_, message) in problems)
            await Database.ExecuteAsync(message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        Assert.That((await VerifyAsync("--quick")).ExitCode, Is.Zero);
    }

    [TestCase(
        "CREATE OR REPLACE FUNCTION refuse_blocked_image() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "refuse_blocked_image")]
    [TestCase(
        "CREATE OR REPLACE TRIGGER refuse_blocked_image BEFORE INSERT ON game_images FOR EACH ROW WHEN (false) EXECUTE FUNCTION "
        + "refuse_blocked_image()",
        "refuse_blocked_image")]
    [TestCase(
        "CREATE OR REPLACE TRIGGER notify_image_change AFTER UPDATE ON game_images FOR EACH ROW EXECUTE FUNCTION "
        + "notify_image_change(); ALTER TABLE game_images ENABLE ALWAYS TRIGGER notify_image_change",
        "notify_image_change")]
    public async Task A_trigger_with_another_definition_is_reported(string damage, string trigger)
    {
        await Database.ExecuteAsync(damage);

        Assert.That(
            (await VerifyAsync("--quick")).Problems.Single().Message,
            Does.Contain($"{trigger} of game_images has another definition"));
    }

    [TestCase("CREATE OR REPLACE FUNCTION count_game() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "count_game()", 11)]
    [TestCase("ALTER FUNCTION count_upload() SECURITY INVOKER", "count_upload()", 11)]
    [TestCase(
        "CREATE OR REPLACE FUNCTION may_use_image(image uuid) RETURNS boolean LANGUAGE sql STABLE RETURN true",
        "may_use_image(uuid)",
        11)]
    [TestCase(
        "CREATE OR REPLACE FUNCTION refuse_variants(image uuid, reason text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER "
        + "AS ' BEGIN END'",
        "refuse_variants(uuid, text)",
        13)]
    [TestCase(
        "ALTER FUNCTION store_variants SECURITY INVOKER",
        "store_variants(uuid, integer, integer, bytea, integer, integer[], integer[], bytea[])",
        13)]
    public async Task A_function_with_another_definition_is_reported(string damage, string function, int version)
    {
        await Database.ExecuteAsync(damage);

        Assert.That(
            (await VerifyAsync("--quick")).Problems.Single().Message,
            Is.EqualTo(
                $"The function {function} has another definition: "
                + $"gameimages script --from {version - 1} --to {version} prints the right one."));
    }

    [Test]
    public async Task A_missing_function_of_the_worker_is_reported()
    {
        await Database.ExecuteAsync("DROP FUNCTION refuse_variants");

        Assert.That(
            (await VerifyAsync("--quick")).Problems.Single().Message,
            Does.StartWith("The function refuse_variants(uuid, text) is missing: "));
    }

    [Test]
    public async Task A_variant_whose_bytes_do_not_match_its_hash_is_reported_with_the_command_that_replaces_it()
    {
        await Database.ExecuteAsync(MakeVariant, new { image = Shared });
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);

        await Database.ExecuteAsync("UPDATE image_variants SET image_data = '\\x02'");
        await FindsAsync(
            "wrong_variant",
            $"The variant of image {Shared} with a width of 160 has bytes that do not match its hash: "
            + $"gameimages variants rebuild {Shared} has it made again.");
        Assert.That((await VerifyAsync("--quick")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task An_upload_is_a_reference()
    {
        await PlantAsync($"{Upload}@Shared; UPDATE game_images SET reference_count = 3 WHERE id = @Shared");
        var (exitCode, problems, document) = await VerifyAsync();

        Assert.That(problems, Is.Empty);
        Assert.That((exitCode, document.GetProperty("references").GetInt64()), Is.EqualTo((0, 4L)));
    }

    [Test]
    public async Task An_upload_that_is_not_counted_is_reported()
    {
        await PlantAsync($"{Upload}@Shared");

        await FindsAsync("wrong_count", $"Image {Shared} has a reference count of 2 instead of 3.");
    }

    [Test]
    public async Task An_upload_of_a_missing_image_is_reported()
    {
        await PlantAsync($"{Upload}gen_random_uuid()");
        var (id, image) = await Database.SingleAsync<(Guid, Guid)>("SELECT id, image_id FROM image_uploads");

        await FindsAsync("dangling_reference", $"Upload {id} refers to image {image}, but there is no such image.");
    }

    [TestCase("games = 3", "3 games, 0 uploads and SIZE")]
    [TestCase("uploads = 1", "2 games, 1 upload and SIZE")]
    [TestCase("byte_length = 1", "2 games, 0 uploads and 1 byte")]
    public async Task Wrong_counts_of_an_image_in_a_guild_are_reported(string damage, string recorded)
    {
        await PlantUncountedAsync(
            $"UPDATE guild_images SET {damage} WHERE image_id = @Shared; "
            + "UPDATE guild_usage SET bytes = (SELECT sum(byte_length) FROM guild_images)");

        await FindsAsync(
            "wrong_guild_image",
            $"Guild 42 is recorded with {recorded.Replace("SIZE", SharedBytes, StringComparison.Ordinal)} for image {Shared} "
            + $"instead of 2 games, 0 uploads and {SharedBytes}.");
    }

    [Test]
    public async Task Counts_of_an_image_that_the_guild_does_not_show_are_reported()
    {
        await PlantUncountedAsync(
            "INSERT INTO guild_images (image_id, guild_id, byte_length, games) VALUES (@Shared, 43, 5, 1); "
            + "INSERT INTO guild_usage VALUES (43, 0, 1, 5)");

        await FindsAsync(
            "wrong_guild_image",
            $"Guild 43 is recorded with 1 game, 0 uploads and 5 bytes for image {Shared} instead of 0 games, 0 uploads and 0 bytes.");
    }

    [TestCase("games = 1, bytes = 7", "1 game, 2 images and 7 bytes")]
    [TestCase("images = 3, bytes = 0", "2 games, 3 images and 0 bytes")]
    public async Task A_wrong_use_of_a_guild_is_reported(string damage, string recorded)
    {
        await PlantUncountedAsync($"UPDATE guild_usage SET {damage}");

        await FindsAsync(
            "wrong_guild_usage",
            $"Guild 42 is recorded with {recorded} instead of 2 games, 2 images and "
            + $"{SharedContent.Bytes.Length + LonelyContent.Bytes.Length:N0} bytes.");
    }

    [Test]
    public async Task An_additional_column_is_accepted()
    {
        await Database.ExecuteAsync("ALTER TABLE game_images ADD COLUMN note text");

        Assert.That((await VerifyAsync("--quick")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Each_problem_is_printed_and_counted_by_kind()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9; UPDATE game_images SET width = 1 WHERE id = @Lonely");
        var (exitCode, output, _) = await CommandLine.RunAsync(Database, "verify");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain($"wrong count: Image {Shared} has a reference count of 9 instead of 2.\n")
                .And.Contain($"wrong size: Image {Lonely} ")
                .And.EndWith("\n3 problems: 2 wrong count, 1 wrong size."));
    }

    [Test]
    public async Task An_image_in_quarantine_is_counted_and_is_not_a_problem_even_without_a_game()
    {
        await PlantAsync(
            "UPDATE game_sessions SET banner_image_id = NULL; "
            + "UPDATE game_images SET image_data = 'x', byte_length = 1, reference_count = 0, quarantined_at = now() WHERE id = "
            + "@Lonely");
        var (exitCode, output, _) = await CommandLine.RunAsync(Database, "verify");

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("and read 1 image, ").And.Contain("1 image in quarantine was not read."));
    }

    [Test]
    public async Task Quick_reads_no_bytes()
    {
        await PlantAsync("UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 40)");
        var (exitCode, _, document) = await VerifyAsync("--quick");

        Assert.That(
            (exitCode, document.GetProperty("images_read").GetInt64(), document.GetProperty("bytes_read").GetInt64()),
            Is.EqualTo((0, 0L, 0L)));
    }

    [Test]
    public async Task A_sample_reads_about_its_share_of_the_images_and_checks_all_counts()
    {
        await PlantAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length)
            SELECT sha256(bytes), 'image/png', bytes, octet_length(bytes)
            FROM (SELECT '\x89504E470D0A1A0A'::bytea || n::text::bytea AS bytes FROM generate_series(1, 1000) AS n) AS image
            """);
        var (exitCode, problems, document) = await VerifyAsync("--sample", "20%");

        Assert.That((exitCode, problems.Count, document.GetProperty("images").GetInt64()), Is.EqualTo((1, 1000, 1002L)));
        Assert.That(document.GetProperty("images_read").GetInt64(), Is.InRange(100, 300));
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_number_of_images()
    {
        await PlantAsync(
            """
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, reference_count)
            SELECT sha256(bytes), 'image/png', bytes, octet_length(bytes), 1
            FROM (
                SELECT '\x89504E470D0A1A0A'::bytea || decode(repeat(md5(n::text), 250000), 'hex') AS bytes
                FROM generate_series(1, 50) AS n) AS image;
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_id)
            SELECT 42, 5, 7, 'game', now(), id FROM game_images WHERE width IS NULL
            """);
        var environment = CommandLine.Environment(Database);
        environment["DOTNET_GCHeapHardLimit"] = "0x2000000"; // 32 MiB
        var (exitCode, output, error) = await CommandLine.RunAsync(environment, "verify");

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain("read 52 images, 200.0 MB"));
    }

    [TestCase("--sample", "0")]
    [TestCase("--sample", "100.1%")]
    [TestCase("--sample", "-1")]
    [TestCase("--sample", "half")]
    [TestCase("--sample", "10", "--quick")]
    [TestCase("--slow")]
    public async Task A_wrong_command_line_returns_2_with_a_reason(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(Database, ["verify", .. arguments]);

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((2, "", 1)), error);
    }

    [TestCase(EmbeddedServer.Owner)]
    [TestCase(Roles.App)]
    public async Task A_role_that_row_level_security_filters_returns_4_with_a_reason(string role)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = Database.ConnectionString(role) },
            "verify",
            "--json");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain($"Row-level security hides games from {role}"));
    }

    [Test]
    public async Task A_role_that_can_only_read_and_bypasses_row_level_security_can_verify()
    {
        var auditor = $"auditor_{Guid.NewGuid():N}";
        await Database.ExecuteAsync(
            $"CREATE ROLE {auditor} LOGIN BYPASSRLS PASSWORD 'secret'; GRANT USAGE ON SCHEMA public TO {auditor}; "
            + $"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {auditor}; GRANT CONNECT ON DATABASE {Database.Name} TO {auditor}"
        );
        var connection = new NpgsqlConnectionStringBuilder(Database.ConnectionString(EmbeddedServer.Superuser))
        {
            Username = auditor,
            Password = "secret",
        };
        var (exitCode, output, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = $"{connection}" },
            "verify");
        await Database.ExecuteAsync($"DROP OWNED BY {auditor}; DROP ROLE {auditor}");

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output, Does.Contain("and read 2 images, "));
    }

    [Test]
    public async Task A_role_without_the_right_to_read_returns_3()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = Database.ConnectionString(Roles.Public) },
            "verify");

        Assert.That((exitCode, output, error), Is.EqualTo((3, "", "gameimages: permission denied for table schema_versions")));
    }

    [Test]
    public async Task An_older_schema_returns_4_with_a_reason()
    {
        await using var older = await TestDatabase.CreateAsync(schemaVersion: SchemaMigrator.LatestVersion - 1);
        var (exitCode, output, error) = await CommandLine.RunAsync(older, "verify");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain($"needs {SchemaMigrator.LatestVersion}: run gameimages up first"));
    }

    [Test]
    public async Task Ctrl_C_returns_130()
    {
        await using var connection = await Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var block = new NpgsqlCommand("LOCK TABLE game_images", connection, transaction))
            await block.ExecuteNonQueryAsync();

        using var verify = CommandLine.Start(CommandLine.Environment(Database), "verify", "--json");
        await Database.WaitForWaitersAsync();
        CommandLine.Interrupt(verify);

        Assert.That(
            await CommandLine.EndOfAsync(verify),
            Is.EqualTo((130, "", "gameimages: Interrupted. Changes that were not complete have been undone.")));
    }

    private async Task FindsAsync(string kind, string message, params string[] arguments)
    {
        var (exitCode, problems, document) = await VerifyAsync(arguments);

        // Damage that a constraint prevents is planted without it, so the constraint is not validated afterwards.
        var found = problems.Where(problem => problem.Kind != "missing_guard").ToList();
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(found, Is.EqualTo(new[] { (kind, message) }));
        Assert.That(document.GetProperty("problems_by_kind").GetProperty(kind).GetInt64(), Is.EqualTo(1));
    }
}
