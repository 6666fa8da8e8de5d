using System.Text.Json;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Schema;

/// <summary>gameimages up, down, status, list and script.</summary>
public sealed class MoveTests
{
    private static readonly int Latest = SchemaMigrator.LatestVersion;

    [Test]
    public async Task Up_and_down_print_each_step_and_status_prints_the_version()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync("game", Pictures.Gif(1), "image/gif", Pictures.Gif(1), "image/gif");

        Assert.That(await RunAsync(database, "status"), Is.EqualTo((0, $"Schema version 1 of {Latest}.", "")));
        Assert.That((await RunAsync(database, "up", "--to", "2")).Output, Is.EqualTo(
            """
            Moved the schema from version 1 to version 2.
            1 -> 2: moves 2 images of 1 game into their own table, which stores each image once (2 rows, 70 bytes)
            """));
        Assert.That(
            (await RunAsync(database, "up")).Output,
            Does.StartWith($"Moved the schema from version 2 to version {Latest}.\n2 -> 3: ")
                .And.Contain($"\n{Latest - 1} -> {Latest}: "));
        Assert.That(await RunAsync(database, "up"), Is.EqualTo((0, $"The schema has version {Latest} already.", "")));
        Assert.That(
            (await RunAsync(database, "down", "--yes")).Output,
            Does.StartWith($"Moved the schema from version {Latest} to version {Latest - 1}.\n{Latest} -> {Latest - 1}: "));
        Assert.That(
            (await RunAsync(database, "down", "--to", "0", "--yes")).Output,
            Does.EndWith("1 -> 0: drops 1 game (1 row, 70 bytes)"));
        Assert.That(await RunAsync(database, "down"), Is.EqualTo((0, "The schema has version 0 already.", "")));
        Assert.That(await RunAsync(database, "status"), Is.EqualTo((0, $"Schema version 0 of {Latest}.", "")));
    }

    [Test]
    public async Task Json_has_the_same_content()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        await new LegacyGames(database).InsertAsync("game", null, null, Pictures.Gif(1), "image/gif");

        var up = await JsonAsync(database, "up");
        Assert.That((Int(up, "from"), Int(up, "to"), up.GetProperty("skipped").GetArrayLength()), Is.EqualTo((1, Latest, 0)));
        Assert.That(
            up.GetProperty("steps").EnumerateArray().Select(step => (Int(step, "from"), Int(step, "to"), Int(step, "rows"))),
            Is.EqualTo(Enumerable.Range(1, Latest - 1).Select(from => (from, from + 1, from == 1 ? 1 : 0))));

        var status = await JsonAsync(database, "status");
        var (name, isCompatible) = (status.GetProperty("name").GetString(), status.GetProperty("compatible").GetBoolean());
        Assert.That(
            (Int(status, "version"), Int(status, "latest"), name, isCompatible),
            Is.EqualTo((Latest, Latest, "Variants", true)));

        var down = await JsonAsync(database, "down", "--to", "1", "--yes");
        Assert.That(
            down.GetProperty("steps")
                .EnumerateArray()
                .Select(step => (Int(step, "to"), Int(step, "rows"), Int(step, "bytes"), step.GetProperty("loses_data").GetBoolean())),
            Is.EqualTo(
                new[]
                {
                    (12, 0, 0, false),
                    (11, 0, 0, false),
                    (10, 0, 0, false),
                    (9, 0, 0, false),
                    (8, 0, 0, false),
                    (7, 0, 0, false),
                    (6, 0, 0, false),
                    (5, 0, 0, false),
                    (4, 0, 0, false),
                    (3, 0, 0, false),
                    (2, 0, 0, false),
                    (1, 1, Pictures.Gif(1).Length, true),
                }));

        status = await JsonAsync(database, "status");
        Assert.That((Int(status, "version"), status.GetProperty("compatible").GetBoolean()), Is.EqualTo((1, false)));
        Assert.That(
            (await JsonAsync(database, "list"))
                .EnumerateArray()
                .Select(version => (Int(version, "number"), version.GetProperty("is_applied").GetBoolean())),
            Is.EqualTo(Enumerable.Range(1, Latest).Select(version => (version, version == 1))));
    }

    [Test]
    public async Task List_prints_each_version_and_whether_it_is_applied()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 2);
        var (exitCode, output, error) = await RunAsync(database, "list");

        Assert.That((exitCode, error), Is.EqualTo((0, "")));
        Assert.That(output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(new[]
        {
            new[] { "VERSION", "NAME", "APPLIED" },
            ["1", "InitialSchema", "yes"],
            ["2", "MigrateImagesToSeparateTable", "yes"],
            ["3", "LeastPrivilege", "no"],
            ["4", "BlockAndQuarantine", "no"],
            ["5", "NotifyImageChanges", "no"],
            ["6", "KeysetPagination", "no"],
            ["7", "Outbox", "no"],
            ["8", "GuildChannels", "no"],
            ["9", "AnnounceAnyField", "no"],
            ["10", "NormalizedTitles", "no"],
            ["11", "Uploads", "no"],
            ["12", "IdempotencyKeys", "no"],
            ["13", "Variants", "no"],
        }));
    }

    [Test]
    public async Task Script_prints_the_sql_without_a_database()
    {
        var nowhere = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" };

        Assert.That(
            await RunAsync(nowhere, "script", "--from", "2", "--to", "3", "--idempotent"),
            Is.EqualTo((0, SchemaMigrator.Script(2, 3, idempotent: true).Trim(), "")));
        Assert.That(await RunAsync(nowhere, "script"), Is.EqualTo((0, SchemaMigrator.Script(0, Latest, idempotent: false).Trim(), "")));

        var json = JsonDocument.Parse((await RunAsync(nowhere, "script", "--from", "3", "--to", "2", "--json")).Output).RootElement;
        Assert.That(
            (Int(json, "from"), Int(json, "to"), json.GetProperty("sql").GetString()),
            Is.EqualTo((3, 2, SchemaMigrator.Script(3, 2, idempotent: false))));
    }

    [Test]
    public async Task Without_a_terminal_down_needs_yes_and_prints_its_plan()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var useCases = new UseCases(database))
            await useCases.CreateGameAsync(Pictures.Content(1));
        var (exitCode, output, error) = await RunAsync(database, "down", "--to", "1");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(Latest + 1));
        Assert.That(error, Does
            .StartWith($"Moving the schema from version {Latest} to version 1 loses data:\n{Latest} -> {Latest - 1}: ")
            .And.Contain(
                "2 -> 1: moves 1 image back into 1 game; images get new ids and URLs when they are moved up again "
                + $"(1 row, {Pictures.Content(1).Bytes.Length} bytes)\ngameimages: Nothing was changed"));
        Assert.That(await RunAsync(database, "status"), Is.EqualTo((0, $"Schema version {Latest} of {Latest}.", "")));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [TestCase("n", 4, 13)]
    [TestCase("", 4, 13)]
    [TestCase("y", 0, 12)]
    public async Task On_a_terminal_down_asks_for_confirmation(string answer, int exitCode, int version)
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await RunOnTerminalAsync(database, "down", answer);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Output);
        Assert.That(
            run.Output,
            Does.Contain($"from version {Latest} to version {Latest - 1} loses no data:").And.Contain("Continue? [y/N]"));
        Assert.That((await RunAsync(database, "status")).Output, Does.StartWith($"Schema version {version} "));
    }

    [Test]
    public async Task Down_is_refused_if_its_plan_changes_before_the_confirmation()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var (exitCode, output) = await RunOnTerminalAsync(database, "down", () => database.ExecuteAsync(
            "INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at) VALUES (42, 5, 7, 'late', now())"));

        Assert.That(exitCode, Is.EqualTo(4), output);
        Assert.That(output, Does.Contain("drops 0 games").And.Contain("has changed since the plan was shown"));
        Assert.That(await database.QueryAsync<string>("SELECT title FROM game_sessions"), Is.EqualTo(new[] { "late" }));
    }

    [Test]
    public async Task On_a_terminal_the_move_of_the_images_shows_its_progress()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        await new LegacyGames(database).InsertAsync(100, [(Pictures.Png(1, 10_000), "image/png")]);
        var (exitCode, output, _) = await RunOnTerminalAsync(database, "up");

        Assert.That(exitCode, Is.Zero, output);
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Match("Moving images .*/s "), "while it moves");
            Assert.That(output, Does.Match("Moving images .*1\\.4 MB.*00:00:00"), "at the end");
        });
    }

    [TestCase("up")]
    [TestCase("down", "--yes")]
    [TestCase("down", "--to", "0", "--yes")]
    [TestCase("status")]
    [TestCase("list")]
    public async Task A_newer_schema_is_refused(params string[] arguments)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("INSERT INTO schema_versions VALUES (99, now(), 'FromTheFuture')");
        var (exitCode, output, error) = await RunAsync(database, arguments);

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error.Split('\n'), Has.Length.EqualTo(1).And.All.Contain("FromTheFuture"));
        Assert.That(await database.SingleAsync<int>("SELECT count(*)::int FROM schema_versions"), Is.EqualTo(Latest + 1));
    }

    [Test]
    public async Task Concurrent_runs_of_up_all_succeed()
    {
        await using var database = await TestDatabase.CreateAsync(schemaVersion: 1);
        var games = new LegacyGames(database);
        await games.InsertAsync(300, [.. Enumerable.Range(0, 30).Select(number => (Pictures.Png(number), "image/png"))]);
        var before = await games.ReadAsync();
        var runs = await Task.WhenAll(RunAsync(database, "up"), RunAsync(database, "up"), RunAsync(database, "up", "--skip-unusable"));

        Assert.That(runs.Select(run => (run.ExitCode, run.Error.WithoutProgress())), Is.All.EqualTo((0, "")));
        Assert.That(await games.ReadMovedAsync(), Is.EqualTo(before));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    private static async Task<JsonElement> JsonAsync(TestDatabase database, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(database, [.. arguments, "--json"]);
        Assert.That((exitCode, error.WithoutProgress()), Is.EqualTo((0, "")));
        return JsonDocument.Parse(output).RootElement;
    }

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
