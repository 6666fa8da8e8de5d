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
    public void Remove_it() => File.Delete(undo);

    [Test]
    public async Task Where_all_is_well_there_is_nothing_to_do_and_no_undo_file()
    {
        var (told, toldOutput, _) = await RepairAsync();
        var (done, doneOutput, _) = await RepairAsync("--apply");

        Assert.That((told, toldOutput), Is.EqualTo((0, "There is nothing to repair.")));
        Assert.That((done, doneOutput, File.Exists(undo)), Is.EqualTo((0, "There is nothing to repair.", false)));
    }

    [TestCase(7)]
    [TestCase(0)]
    public async Task A_wrong_count_is_set_to_the_references(int count)
    {
        await PlantAsync($"UPDATE game_images SET reference_count = {count} WHERE id = @Shared");

        await MendsAsync($"Image {Shared}: set reference_count from {count} to 2.");
    }

    [TestCase(0)]
    [TestCase(3)]
    public async Task An_image_that_no_game_shows_is_deleted(int count)
    {
        await PlantAsync($"UPDATE game_sessions SET banner_image_id = NULL; UPDATE game_images SET reference_count = {count}, updated_at = now() - interval '2 hours', created_at = now() - interval '2 hours' WHERE id = @Lonely");

        await MendsAsync($"Image {Lonely}: delete, since no game shows it.");
        Assert.That(await File.ReadAllTextAsync(undo), Does.Contain(Convert.ToHexStringLower(LonelyContent.Bytes.Span)));
    }

    [Test]
    public async Task A_reference_to_an_image_that_is_not_there_is_cleared()
    {
        await PlantAsync("UPDATE game_sessions SET thumbnail_id = gen_random_uuid() WHERE id = @game; DELETE FROM game_images WHERE id = @Lonely; UPDATE game_images SET reference_count = 1");
        var missing = await Database.SingleAsync<Guid>("SELECT thumbnail_id FROM game_sessions WHERE id = @Id", new { Game.Id });

        await MendsAsync(
            $"Game {Game.Id}: clear its thumbnail, for there is no image {missing} and its banner, for there is no image {Lonely}.");
    }

    [Test]
    public async Task A_reference_is_cleared_beside_one_that_is_right()
    {
        await PlantAsync("DELETE FROM game_images WHERE id = @Lonely");

        await MendsAsync($"Game {Game.Id}: clear its banner, for there is no image {Lonely}.");
    }

    [Test]
    public async Task Bytes_that_do_not_have_their_hash_are_put_in_quarantine_and_not_touched()
    {
        await PlantAsync("UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 40), width = 1 WHERE id = @Shared");
        var damaged = await Database.SingleAsync<string>(
            "SELECT encode(content_hash || image_data, 'hex') || width FROM game_images WHERE id = @Shared",
            new { Shared });

        await MendsAsync($"Image {Shared}: put in quarantine, since its bytes do not have its hash.", async () =>
        {
            Assert.That(
                await Database.SingleAsync<string>(
                    "SELECT encode(content_hash || image_data, 'hex') || width FROM game_images WHERE id = @Shared",
                    new { Shared }),
                Is.EqualTo(damaged));
            Assert.That(() => UseCases.SendAsync(new GetPublicImage(Shared)), Throws.TypeOf<Application.NotFoundException>());
        });
    }

    [Test]
    public async Task A_length_a_size_and_a_type_are_set_to_those_of_the_bytes()
    {
        await Database.ExecuteAsync("ALTER TABLE game_images DROP CONSTRAINT game_images_check");
        await PlantAsync("UPDATE game_images SET byte_length = 7, width = NULL, height = 9, mime_type = 'image/webp' WHERE id = @Lonely");
        var (exitCode, output, _) = await RepairAsync("--apply");

        // The constraint that is missing is for an operator to add.
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain(
                $"Image {Lonely}: set byte_length from 7 to {LonelyContent.Bytes.Length}, width from null to 2, height from 9 to 2, mime_type from image/webp to image/png."
            ));
        Assert.That(
            output,
            Does.Contain("ALTER TABLE game_images ADD CHECK ((byte_length = octet_length(image_data)));")
                .And.Contain("1 row changed, 1 left alone."));
        await Database.ExecuteAsync("ALTER TABLE game_images ADD CHECK (byte_length = octet_length(image_data))");
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_wrong_length_is_mended_and_can_be_undone()
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
    public async Task What_a_row_says_wrong_of_its_bytes_is_set(string damage, string change)
    {
        await PlantAsync($"UPDATE game_images SET {damage} WHERE id = @Lonely");

        await MendsAsync($"Image {Lonely}: set {change}.");
    }

    [Test]
    public async Task A_type_is_left_when_the_picture_is_there_under_the_right_one()
    {
        await PlantAsync("INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height, reference_count) SELECT content_hash, 'image/gif', image_data, byte_length, width, height, 1 FROM game_images WHERE id = @Lonely");
        var twin = await Database.SingleAsync<Guid>("SELECT id FROM game_images WHERE mime_type = 'image/gif'");
        await Database.ExecuteAsync("UPDATE game_sessions SET banner_image_id = @twin WHERE id = @Id", new { twin, OtherGame.Id });

        var (exitCode, output, _) = await RepairAsync("--apply");
        Assert.That(
            (exitCode, output.Split('\n')[0]),
            Is.EqualTo((1, $"Image {twin}: its type is left alone, since image {Lonely} has the same bytes and is image/png already.")));
    }

    [Test]
    public async Task Bytes_that_are_no_picture_are_left_to_an_operator()
    {
        await PlantAsync("UPDATE game_images SET image_data = 'text', byte_length = 4, content_hash = sha256('text') WHERE id = @Lonely");
        var (exitCode, output, _) = await RepairAsync("--apply");

        Assert.That((exitCode, output), Is.EqualTo((1, $"Image {Lonely}: left alone, since it is none of PNG, JPEG, GIF and WebP; gameimages purge takes it out of its games.\n0 rows changed, 1 left alone.")));
    }

    [Test]
    public async Task What_the_database_refuses_is_left_and_told()
    {
        await PlantAsync("ALTER TABLE game_images DROP CONSTRAINT game_images_width_check; UPDATE game_images SET reference_count = 9, width = -1, quarantined_at = now() WHERE id = @Lonely; ALTER TABLE game_images ADD CHECK (width > 0) NOT VALID");
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        var (exitCode, output, _) = await RepairAsync("--apply");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            output,
            Does.Contain($"Image {Lonely}: set reference_count from 9 to 1. Left alone: the database refuses it (")
                .And.Contain($"Image {Shared}: set reference_count from 9 to 2.\n"));
        Assert.That(output, Does.EndWith($"1 row changed, 2 left alone.\nTo undo it: psql -f {undo}"));
    }

    [Test]
    public async Task An_unreferenced_image_is_left_within_the_grace_period()
    {
        await PlantAsync("UPDATE game_sessions SET banner_image_id = NULL; UPDATE game_images SET created_at = now() - interval '2 hours', updated_at = now() - interval '59 minutes' WHERE id = @Lonely");

        Assert.That((await RepairAsync("--apply")).ExitCode, Is.EqualTo(1));
        Assert.That((await RepairAsync("--apply", "--grace", "3h")).ExitCode, Is.EqualTo(1));
        Assert.That((await RepairAsync("--apply", "--grace", "58m")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_damaged_image_that_no_game_shows_is_kept_for_inspection_also_when_the_bytes_were_not_looked_at_before()
    {
        await PlantAsync("UPDATE game_sessions SET banner_image_id = NULL; UPDATE game_images SET image_data = overlay(image_data PLACING '\\x00' FROM 40) WHERE id = @Lonely");
        var (exitCode, output, _) = await RepairAsync("--apply", "--quick", "--grace", "0s");

        Assert.That(exitCode, Is.Zero);
        Assert.That(
            output,
            Does.Contain($"Image {Lonely}: put in quarantine, since its bytes do not have its hash; set reference_count from 1 to 0."));
        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task More_rows_than_allowed_are_refused_before_anything_changes()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9");
        var before = await RowsAsync();
        var (exitCode, output, error) = await RepairAsync("--apply", "--max", "1");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("gameimages: 2 rows would change, and no more than 1 may"));
        Assert.That((await RowsAsync(), File.Exists(undo)), Is.EqualTo((before, false)));
        Assert.That(
            (await RepairAsync("--max", "1")).Output,
            Does.EndWith("No more than 1 may, so it would be refused without a larger --max."));
        Assert.That((await RepairAsync("--apply", "--max", "2")).ExitCode, Is.Zero);
    }

    [TestCase(98, 0)]
    [TestCase(99, 4)]
    public async Task A_hundred_rows_may_change_unless_there_are_more_than_ten_thousand_images(int more, int expected)
    {
        await PlantAsync(
            $"""
            INSERT INTO game_images (content_hash, mime_type, image_data, byte_length)
            SELECT sha256(bytes), 'image/png', bytes, octet_length(bytes) FROM (SELECT '\x89504E470D0A1A0A'::bytea || n::text::bytea AS bytes FROM generate_series(1, {more}) AS n) AS picture;
            UPDATE game_images SET reference_count = 9
            """);

        Assert.That((await RepairAsync("--apply", "--quick", "--grace", "0s")).ExitCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task With_json_it_is_one_document()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        var told = JsonDocument.Parse((await RepairAsync("--json")).Output).RootElement;
        var done = JsonDocument.Parse((await RepairAsync("--json", "--apply")).Output).RootElement;

        Assert.That((told.GetProperty("applied").GetBoolean(), done.GetProperty("applied").GetBoolean()), Is.EqualTo((false, true)));
        Assert.That(done.GetProperty("steps")[0].ToString(), Is.EqualTo(told.GetProperty("steps")[0].ToString()));
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
    public async Task The_undo_file_is_its_owners_alone_and_does_no_harm_to_what_changed_since()
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        await RepairAsync("--apply");
        Assert.That(File.GetUnixFileMode(undo), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        await UseCases.SendAsync(new CloneGame(OtherGame.Id));
        var before = await RowsAsync();
        await UndoAsync();
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    [TestCase("/nonexistent/undo.sql")]
    [TestCase("/dev/null")]
    public async Task Without_a_new_undo_file_nothing_changes(string path)
    {
        await PlantAsync("UPDATE game_images SET reference_count = 9 WHERE id = @Shared");
        var before = await RowsAsync();
        var (exitCode, _, error) = await CommandLine.RunAsync(Database, "repair", "--apply", "--undo", path);

        Assert.That(exitCode, Is.EqualTo(3));
        Assert.That(error.Split('\n')[^1], Does.StartWith("gameimages: ").And.Contain(path));
        Assert.That(await RowsAsync(), Is.EqualTo(before));
    }

    // What measures coverage could not write its file either.
    [Test, Category("Uninstrumented")]
    public async Task When_the_disk_is_full_nothing_more_changes_and_no_half_line_is_left()
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
    public async Task A_wrong_call_is_2_and_says_why(params string[] arguments)
    {
        var (exitCode, output, error) = await RepairAsync(arguments);

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((2, "", 1)), error);
    }

    [TestCase(EmbeddedServer.Owner)]
    [TestCase(Roles.App)]
    public async Task A_role_that_row_security_binds_is_4_and_changes_nothing(string role)
    {
        // To such a role no picture has any reference.
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
    public async Task An_older_schema_is_4()
    {
        await using var older = await TestDatabase.CreateAsync(schemaVersion: SchemaMigrator.LatestVersion - 1);
        var (exitCode, output, error) = await CommandLine.RunAsync(older, "repair", "--apply");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.Contain("run gameimages up first"));
    }

    private async Task MendsAsync(string message, Func<Task>? check = null)
    {
        var before = await RowsAsync();
        var told = await RepairAsync();
        Assert.That((told.ExitCode, told.Output.Split('\n')[0]), Is.EqualTo((1, message)));
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
        "SELECT row FROM (SELECT game::text AS row FROM game_sessions AS game UNION ALL SELECT image::text FROM game_images AS image) AS rows ORDER BY row"));
}
