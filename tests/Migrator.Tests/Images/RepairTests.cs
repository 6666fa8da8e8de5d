using System.Runtime.Versioning;
using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Application.Images;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

public sealed class RepairTests : DamagedDatabase
{
    private string undo = "";

    [SetUp]
    public void Choose_an_undo_file() => undo = NewUndoFile();

    [TearDown]
    public void Delete_the_undo_file() => File.Delete(undo);

    [Test]
    public async Task Without_problems_nothing_changes_and_no_undo_file_is_written()
    {
        var (planned, plannedOutput, _) = await RepairAsync();
        var (done, doneOutput, _) = await RepairAsync("--apply");

        Assert.That((planned, plannedOutput), Is.EqualTo((0, "There is nothing to repair.")));
        Assert.That((done, doneOutput, File.Exists(undo)), Is.EqualTo((0, "There is nothing to repair.", false)));
    }

    [TestCase(7)]
    [TestCase(0)]
    public async Task A_wrong_count_is_set_to_the_references(int count)
    {
        await PlantAsync($"UPDATE game_images SET reference_count = {count} WHERE id = @Shared");

        await RepairsAsync($"Image {Shared}: set reference_count from {count} to 2.");
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task An_image_that_no_game_shows_is_deleted(int count)
    {
        await PlantAsync(
            "UPDATE game_sessions SET banner_image_id = NULL; "
            + $"UPDATE game_images SET reference_count = {count}, updated_at = now() - interval '2 hours', created_at = now() - "
            + "interval '2 hours' WHERE id = @Lonely");

        await RepairsAsync($"Image {Lonely}: delete, because neither a game nor an upload refers to it.");
        Assert.That(await File.ReadAllTextAsync(undo), Does.Contain(Convert.ToHexStringLower(LonelyContent.Bytes.Span)));
    }

    [Test]
    public async Task References_to_missing_images_are_cleared()
    {
        await PlantAsync(
            "UPDATE game_sessions SET thumbnail_id = gen_random_uuid() WHERE id = @game; "
            + "DELETE FROM game_images WHERE id = @Lonely; UPDATE game_images SET reference_count = 1");
        var missing = await Database.SingleAsync<Guid>("SELECT thumbnail_id FROM game_sessions WHERE id = @Id", new { Game.Id });

        await RepairsAsync(
            $"Game {Game.Id}: clear its thumbnail, because there is no image {missing} and its banner, because there is no image "
            + $"{Lonely}.");
    }

    [Test]
    public async Task A_reference_to_a_missing_image_is_cleared_and_the_other_one_stays()
    {
        await PlantAsync("DELETE FROM game_images WHERE id = @Lonely");

        await RepairsAsync($"Game {Game.Id}: clear its banner, because there is no image {Lonely}.");
    }

    [Test]
    public async Task An_image_whose_bytes_do_not_match_its_hash_is_quarantined_and_keeps_them()
    {
        await PlantAsync("UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 40), width = 1 WHERE id = @Shared");
        var damaged = await Database.SingleAsync<string>(
            "SELECT encode(content_hash || image_data, 'hex') || width FROM game_images WHERE id = @Shared",
            new { Shared });

        await RepairsAsync($"Image {Shared}: quarantine, because its bytes do not match its hash.", async () =>
        {
            Assert.That(
                await Database.SingleAsync<string>(
                    "SELECT encode(content_hash || image_data, 'hex') || width FROM game_images WHERE id = @Shared",
                    new { Shared }),
                Is.EqualTo(damaged));
            Assert.That(() => UseCases.SendAsync(new GetPublicImage(new(Shared))), Throws.TypeOf<Application.NotFoundException>());
        });
    }

    [Test]
    public async Task Length_size_and_type_are_set_to_those_of_the_bytes()
    {
        await Database.ExecuteAsync("ALTER TABLE game_images DROP CONSTRAINT game_images_check");
        await PlantAsync("UPDATE game_images SET byte_length = 7, width = NULL, height = 9, mime_type = 'image/webp' WHERE id = @Lonely");
        var (exitCode, output, _) = await RepairAsync("--apply");

        // Repair does not add the missing constraint.
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain(
                $"Image {Lonely}: set byte_length from 7 to {LonelyContent.Bytes.Length}, width from null to 2, height from 9 to 2, "
                + "mime_type from image/webp to image/png."
            ));
        Assert.That(
            output,
            Does.Contain("ALTER TABLE game_images ADD CHECK ((byte_length = octet_length(image_data)));")
                .And.Contain("1 row changed, 1 left unchanged."));
        await Database.ExecuteAsync("ALTER TABLE game_images ADD CHECK (byte_length = octet_length(image_data))");
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task The_repair_of_a_wrong_length_can_be_undone()
    {
        await Database.ExecuteAsync("ALTER TABLE game_images DROP CONSTRAINT game_images_check");
        await PlantAsync("UPDATE game_images SET byte_length = 7 WHERE id = @Shared");
        var before = await RowsAsync();
        await RepairAsync("--apply");
        Assert.That(await RowsAsync(), Is.Not.EqualTo(before));

        await UndoAsync();
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("width = 1", "width from 1 to 2")]
    [TestCase("height = NULL", "height from null to 2")]
    [TestCase("mime_type = 'image/gif'", "mime_type from image/gif to image/png")]
    public async Task Wrong_metadata_is_set_to_that_of_the_bytes(string damage, string change)
    {
        await PlantAsync($"UPDATE game_images SET {damage} WHERE id = @Lonely");

        await RepairsAsync($"Image {Lonely}: set {change}.");
    }

    [Test]
    public async Task A_wrong_type_stays_if_the_image_is_stored_with_the_right_one_already()
    {
        await PlantAsync(
            "INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height, reference_count) SELECT "
            + "content_hash, 'image/gif', image_data, byte_length, width, height, 1 FROM game_images WHERE id = @Lonely");
        var twin = await Database.SingleAsync<Guid>("SELECT id FROM game_images WHERE mime_type = 'image/gif'");
        await Database.ExecuteAsync("UPDATE game_sessions SET banner_image_id = @twin WHERE id = @Id", new { twin, OtherGame.Id });

        var (exitCode, output, _) = await RepairAsync("--apply");
        Assert.That(
            (exitCode, output.Split('\n')[0]),
            Is.EqualTo((1, $"Image {twin}: left unchanged, because image {Lonely} has the same bytes and is image/png already.")));
    }

    [Test]
    public async Task Bytes_that_are_not_an_image_are_left_unchanged()
    {
        await PlantAsync("UPDATE game_images SET image_data = 'text', byte_length = 4, content_hash = sha256('text') WHERE id = @Lonely");
        var (exitCode, output, _) = await RepairAsync("--apply");

        Assert.That((exitCode, output), Is.EqualTo((
            1,
            $"Image {Lonely}: left unchanged, because it is none of PNG, JPEG, GIF and WebP; gameimages purge removes it from its games.\n"
                + "0 rows changed, 1 left unchanged.")));
    }

    [Test]
    public async Task A_change_that_the_database_rejects_is_reported()
    {
        await PlantAsync(
            "ALTER TABLE game_images DROP CONSTRAINT game_images_width_check; "
            + "UPDATE game_images SET reference_count = 9, width = -1, quarantined_at = now() WHERE id = @Lonely; "
            + "ALTER TABLE game_images ADD CHECK (width > 0) NOT VALID");
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        var (exitCode, output, _) = await RepairAsync("--apply");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain($"Image {Lonely}: set reference_count from 9 to 1. Left unchanged: the database rejected the change (")
                .And.Contain($"Image {Shared}: set reference_count from 9 to 2.\n"));
        Assert.That(output, Does.EndWith($"1 row changed, 2 left unchanged.\nTo undo the changes: psql -f {undo}"));
    }

    [Test]
    public async Task A_damaged_variant_is_left_until_it_is_rebuilt()
    {
        await Database.ExecuteAsync(MakeVariant, new { image = Shared });
        await Database.ExecuteAsync("UPDATE image_variants SET image_data = '\\x02'");
        var before = await RowsAsync();
        var (exitCode, output, _) = await RepairAsync("--apply");

        Assert.That((exitCode, await RowsAsync()), Is.EqualTo((1, before)));
        Assert.That(output, Does.Contain($"gameimages variants rebuild {Shared}").And.EndWith("0 rows changed, 1 left unchanged."));

        Assert.That((await CommandLine.RunAsync(Database, "variants", "rebuild", $"{Shared}")).ExitCode, Is.Zero);
        await Database.ExecuteAsync(MakeVariant, new { image = Shared });
        Assert.That((await VerifyAsync()).Problems, Is.Empty);
    }

    [Test]
    public async Task An_unreferenced_image_is_kept_during_the_grace_period()
    {
        await PlantAsync(
            "UPDATE game_sessions SET banner_image_id = NULL; "
            + "UPDATE game_images SET created_at = now() - interval '2 hours', updated_at = now() - interval '59 minutes' WHERE id = "
            + "@Lonely");

        Assert.That((await RepairAsync("--apply")).ExitCode, Is.EqualTo(1));
        Assert.That((await RepairAsync("--apply", "--grace", "3h")).ExitCode, Is.EqualTo(1));
        Assert.That((await RepairAsync("--apply", "--grace", "58m")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_damaged_image_without_references_is_quarantined_even_if_the_plan_did_not_read_it()
    {
        await PlantAsync(
            "UPDATE game_sessions SET banner_image_id = NULL; "
            + "UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 40) WHERE id = @Lonely");
        var (exitCode, output, _) = await RepairAsync("--apply", "--quick", "--grace", "0s");

        Assert.That(exitCode, Is.Zero);
        Assert.That(
            output,
            Does.Contain($"Image {Lonely}: quarantine, because its bytes do not match its hash; set reference_count from 1 to 0."));
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task An_upload_counts_as_a_reference()
    {
        await PlantAsync($"{Upload}@Lonely; UPDATE game_sessions SET banner_image_id = NULL; UPDATE game_images SET reference_count = 2");

        await RepairsAsync($"Image {Lonely}: set reference_count from 2 to 1.");
    }

    [Test]
    public async Task An_upload_of_a_missing_image_is_deleted()
    {
        await PlantAsync($"{Upload}gen_random_uuid()");
        var (id, missing) = await Database.SingleAsync<(Guid, Guid)>("SELECT id, image_id FROM image_uploads");

        await RepairsAsync($"Upload {id}: delete, because there is no image {missing}.");
    }

    [TestCase("UPDATE guild_images SET games = 9 WHERE image_id = @Shared", "9 games, 0 uploads and SIZE")]
    [TestCase("DELETE FROM guild_images WHERE image_id = @Shared", "0 games, 0 uploads and 0 bytes")]
    public async Task Counts_of_an_image_in_a_guild_are_set_to_its_games_and_uploads(string damage, string before)
    {
        await PlantUncountedAsync(damage);

        await RepairsAsync(
            $"Guild 42: set 2 games, 0 uploads and {SharedBytes} for image {Shared}, "
            + $"instead of {before.Replace("SIZE", SharedBytes, StringComparison.Ordinal)}.");
    }

    [Test]
    public async Task Counts_of_an_image_that_the_guild_does_not_show_are_removed_from_its_use_too()
    {
        await PlantUncountedAsync(
            "INSERT INTO guild_images (image_id, guild_id, byte_length, games) VALUES (@Shared, 43, 5, 1); "
            + "INSERT INTO guild_usage VALUES (43, 0, 1, 5)");

        await RepairsAsync(
            $"Guild 43: set 0 games, 0 uploads and 0 bytes for image {Shared}, instead of 1 game, 0 uploads and 5 bytes.",
            async () => Assert.That(
                await Database.SingleAsync<(long, long, long)>("SELECT games, images, bytes FROM guild_usage WHERE guild_id = 43"),
                Is.EqualTo((0L, 0L, 0L))));
    }

    [Test]
    public async Task The_use_of_a_guild_is_set_to_its_games_and_images()
    {
        await PlantUncountedAsync("UPDATE guild_usage SET games = 9, images = 9, bytes = 9");

        await RepairsAsync(
            $"Guild 42: set 2 games, 2 images and {SharedContent.Bytes.Length + LonelyContent.Bytes.Length:N0} bytes, "
            + "instead of 9 games, 9 images and 9 bytes.");
    }

    [Test]
    public async Task The_use_of_a_guild_without_a_row_is_recorded()
    {
        await PlantUncountedAsync("DELETE FROM guild_usage");
        await RepairAsync("--apply");

        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_plan_that_changes_more_rows_than_allowed_is_refused()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9");
        var before = await RowsAsync();
        var (exitCode, output, error) = await RepairAsync("--apply", "--max", "1");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("gameimages: 2 rows would change, but at most 1 may"));
        Assert.That((await RowsAsync(), File.Exists(undo)), Is.EqualTo((before, false)));
        Assert.That(
            (await RepairAsync("--max", "1")).Output,
            Does.EndWith("At most 1 may change, so --apply needs a larger --max."));
        Assert.That((await RepairAsync("--apply", "--max", "2")).ExitCode, Is.Zero);
    }

    [TestCase(98, 0)]
    [TestCase(99, 4)]
    public async Task By_default_100_rows_may_change(int more, int expected)
    {
        await PlantAsync(
            $"""
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length)
            SELECT sha256(bytes), 'image/png', bytes, octet_length(bytes)
            FROM (SELECT '\x89504E470D0A1A0A'::bytea || n::text::bytea AS bytes FROM generate_series(1, {more}) AS n) AS image;
            UPDATE game_images SET reference_count = 9
            """);

        Assert.That((await RepairAsync("--apply", "--quick", "--grace", "0s")).ExitCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Json_is_one_document()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        var planned = JsonDocument.Parse((await RepairAsync("--json")).Output).RootElement;
        var done = JsonDocument.Parse((await RepairAsync("--json", "--apply")).Output).RootElement;

        Assert.That((planned.GetProperty("applied").GetBoolean(), done.GetProperty("applied").GetBoolean()), Is.EqualTo((false, true)));
        Assert.That(done.GetProperty("steps")[0].ToString(), Is.EqualTo(planned.GetProperty("steps")[0].ToString()));
        Assert.That(
            (
                done.GetProperty("steps")[0].GetProperty("action").GetString(),
                done.GetProperty("steps")[0].GetProperty("image_id").GetGuid()),
            Is.EqualTo(("set", Shared)));
        Assert.That(
            (done.GetProperty("changes").GetInt64(), done.GetProperty("left").GetInt64(), done.GetProperty("undo").GetString()),
            Is.EqualTo((1L, 0L, undo)));
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public async Task Only_its_owner_can_read_the_undo_file_and_it_does_not_undo_later_changes()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        await RepairAsync("--apply");
        Assert.That(File.GetUnixFileMode(undo), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        await UseCases.SendAsync(new CloneGame(OtherGame.Id));
        var before = await RowsAsync();
        await UndoAsync();
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("UPDATE guild_images SET games = 9 WHERE image_id = @Lonely")]
    [TestCase("DELETE FROM guild_images WHERE image_id = @Lonely")]
    public async Task Undo_does_not_bring_back_counts_of_an_image_that_the_guild_no_longer_has(string damage)
    {
        await PlantUncountedAsync(damage);

        await UndoChangesNothingAfterAsync(() => UseCases.SendAsync(new DeleteGame(Game.Id)));
    }

    [TestCase("UPDATE guild_images SET games = 9 WHERE image_id = @Lonely")]
    [TestCase("DELETE FROM guild_images WHERE image_id = @Lonely")]
    public async Task Undo_keeps_the_counts_of_an_image_that_the_guild_has_used_again(string damage)
    {
        await PlantUncountedAsync(damage);

        await UndoChangesNothingAfterAsync(async () =>
        {
            var clone = await UseCases.SendAsync(new CloneGame(Game.Id));
            await UseCases.SendAsync(new DeleteGame(clone.Id));
        });
    }

    [Test]
    public async Task Undo_does_not_replace_the_counts_of_an_image_that_the_guild_has_since()
    {
        await PlantUncountedAsync(
            "INSERT INTO guild_images (image_id, guild_id, byte_length, games) VALUES (@Shared, 43, 5, 1); "
            + "INSERT INTO guild_usage VALUES (43, 0, 1, 5)");
        await using var neighbour = new UseCases(Database, new TestCaller(43) { Id = "8" });

        await UndoChangesNothingAfterAsync(() => neighbour.UploadAsync(SharedContent, 43));
    }

    [TestCase("/nonexistent/undo.sql")]
    [TestCase("/dev/null")]
    public async Task Nothing_changes_if_the_undo_file_cannot_be_created(string path)
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        var before = await RowsAsync();
        var (exitCode, _, error) = await CommandLine.RunAsync(Database, "repair", "--apply", "--undo", path);

        Assert.That(exitCode, Is.EqualTo(3));
        Assert.That(error.Split('\n')[^1], Does.StartWith("gameimages: ").And.Contain(path));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    // The measurement of coverage could not write its file either.
    [Test, Category("Uninstrumented")]
    public async Task On_a_full_disk_repair_stops_and_the_undo_file_has_complete_lines_only()
    {
        // 4096 bytes hold the undo of a count, but not of a deletion.
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Lonely; UPDATE game_sessions SET thumbnail_id = NULL");
        var (exitCode, _, error) = await CommandLine.RunShellAsync(
            Database,
            $"repair --apply --grace 0s --undo {undo}",
            "trap '' XFSZ; ulimit -f 4; export DOTNET_EnableWriteXorExecute=0");

        Assert.That(exitCode, Is.EqualTo(3));
        Assert.That(error.Split('\n')[^1], Does.StartWith("gameimages: "));
        Assert.That(
            await Database.SingleAsync<int>("SELECT count(*)::int FROM game_images WHERE id = @Shared", new { Shared }),
            Is.EqualTo(1));
        Assert.That(await File.ReadAllLinesAsync(undo), Is.All.EndsWith("COMMIT;"));
    }

    [TestCase("--max", "-1")]
    [TestCase("--grace", "1")]
    [TestCase("--grace", "-1h")]
    [TestCase("--dry-run")]
    public async Task A_wrong_command_line_returns_2_with_a_reason(params string[] arguments)
    {
        var (exitCode, output, error) = await RepairAsync(arguments);

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((2, "", 1)), error);
    }

    [TestCase(EmbeddedServer.Owner)]
    [TestCase(Roles.App)]
    public async Task A_role_that_row_level_security_filters_returns_4_and_changes_nothing(string role)
    {
        // This role sees no games, so no image would have a reference.
        var before = await RowsAsync();
        var (exitCode, output, error) = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["ConnectionStrings__Administrator"] = Database.ConnectionString(role) },
            "repair",
            "--apply",
            "--grace",
            "0s",
            "--undo",
            undo);

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain($"Row-level security hides games from {role}"));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task An_older_schema_returns_4()
    {
        await using var older = await TestDatabase.CreateAsync(schemaVersion: SchemaMigrator.LatestVersion - 1);
        var (exitCode, output, error) = await CommandLine.RunAsync(older, "repair", "--apply");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("run gameimages up first"));
    }

    private async Task UndoChangesNothingAfterAsync(Func<Task> change)
    {
        Assert.That((await RepairAsync("--apply")).ExitCode, Is.Zero);
        await change();
        var before = await RowsAsync();
        await UndoAsync();

        Assert.That(await RowsAsync(), Is.EqualTo(before));
        Assert.That(await Database.FindInconsistenciesAsync(), Is.Empty);
    }

    private async Task RepairsAsync(string message, Func<Task>? check = null)
    {
        var before = await RowsAsync();
        var planned = await RepairAsync();
        Assert.That((planned.ExitCode, planned.Output.Split('\n')[0]), Is.EqualTo((1, message)));
        Assert.That((await RowsAsync(), File.Exists(undo)), Is.EqualTo((before, false)));

        var done = await RepairAsync("--apply");
        Assert.That((done.ExitCode, done.Output.Split('\n')[0]), Is.EqualTo((0, message)));
        Assert.That((await VerifyAsync()).Problems, Is.Empty);
        if (check is not null)
            await check();

        await UndoAsync();
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    private Task<(int ExitCode, string Output, string Error)> RepairAsync(params string[] arguments) =>
        CommandLine.RunAsync(Database, ["repair", "--undo", undo, .. arguments]);

    private async Task UndoAsync()
    {
        var psql = Path.Combine(ServerPrograms.Find(), "psql");
        if (!File.Exists(psql))
            Prerequisite.Missing("There is no psql beside the server programs.");

        Assert.That(await CommandLine.PsqlAsync(psql, Database, undo), Is.EqualTo(""));
    }

    /// <returns>Every column of every row.</returns>
    private async Task<string> RowsAsync() => string.Join('\n', await Database.QueryAsync<string>(
        """
        SELECT game::text AS row FROM game_sessions AS game UNION ALL SELECT image::text FROM game_images AS image
        UNION ALL SELECT upload::text FROM image_uploads AS upload UNION ALL SELECT use::text FROM guild_usage AS use
        UNION ALL SELECT format('%s %s %s %s %s', image_id, guild_id, byte_length, games, uploads) FROM guild_images
        ORDER BY row
        """));
}
