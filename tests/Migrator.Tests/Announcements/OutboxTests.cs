using System.Text.Json;
using Dapper;
using GameImages.Application.Games;
using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Announcements;

/// <summary>gameimages outbox, with a waiting game, a postponed one, a parked one, and a parked one that was deleted.</summary>
public sealed class OutboxTests : DatabaseTests
{
    private const string Unknown = "7f0e1de4-3c1b-4f2c-9a0e-0123456789ab";

    private Guid waiting;
    private Guid postponed;
    private Guid parked;
    private Guid deleted;

    protected override TestCaller Caller => new(42, 43);

    [SetUp]
    public async Task Create_games()
    {
        waiting = (await UseCases.CreateGameAsync()).Id;
        postponed = (await UseCases.CreateGameAsync(guild: 43)).Id;
        parked = (await UseCases.CreateGameAsync()).Id;
        deleted = (await UseCases.CreateGameAsync()).Id;
        await UseCases.SendAsync(new DeleteGame(deleted));

        await Database.ExecuteAsync(
            """
            UPDATE outbox SET created_at = now() - interval '1 hour' * (10 - id), due_at = now() - interval '1 hour' * (10 - id);
            UPDATE outbox SET attempts = 3, due_at = now() + interval '1 hour', reason = '503' WHERE game_id = @postponed;
            UPDATE outbox SET attempts = 1, parked_at = now(), reason = E'Missing\nAccess' WHERE game_id IN (@parked, @deleted);
            """,
            new { postponed, parked, deleted });
    }

    [Test]
    public async Task List_prints_the_games_and_the_reasons()
    {
        var (exitCode, output, error) = await RunAsync(Database, "outbox", "list");
        Assert.That((exitCode, error), Is.EqualTo((0, "")));

        const string Time = @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ";
        Assert.That(
            output,
            Does.Match(
                $@"\n{waiting} 42 +5 +1 +{Time} 0 +{Time} Dune: Imperium *\n{postponed} 43 +5 +1 +{Time} 3 +{Time} Dune: Imperium 503 *\n")
        );
        Assert.That(
            output,
            Does.Match(
                $@"\n{parked} 42 +5 +1 +{Time} 1 +parked +Dune: Imperium Missing Access *"
                + $@"\n{deleted} +5 +2 +{Time} 1 +parked +deleted +Missing Access *\n4 games\.$"));
    }

    [Test]
    public async Task Json_has_the_same_content()
    {
        var (exitCode, output, _) = await RunAsync(Database, "outbox", "list", "--parked", "--limit", "1", "--json");
        var list = JsonDocument.Parse(output).RootElement;
        var game = list.GetProperty("games").EnumerateArray().Single();

        Assert.That((exitCode, list.GetProperty("total").GetInt64()), Is.EqualTo((0, 2)));
        Assert.That(
            (
                game.GetProperty("game_id").GetGuid(),
                game.GetProperty("guild_id").GetString(),
                game.GetProperty("channel_id").GetString(),
                game.GetProperty("changes").GetInt64()),
            Is.EqualTo((parked, "42", "5", 1)));
        Assert.That(
            (
                game.GetProperty("reason").GetString(),
                game.TryGetProperty("next_attempt_at", out _),
                game.TryGetProperty("parked_at", out _)),
            Is.EqualTo(("Missing\nAccess", false, true)));
    }

    [Test]
    public async Task A_limit_lists_the_oldest_games() =>
        Assert.That(
            (await RunAsync(Database, "outbox", "list", "--limit", "1")).Output,
            Does.Contain($"{waiting}").And.EndWith("\n4 games. The oldest 1 are listed."));

    [Test]
    public async Task A_parked_game_that_changes_is_no_longer_parked()
    {
        await Database.ExecuteAsync("UPDATE game_sessions SET title = 'Root' WHERE id = @parked", new { parked });

        Assert.That(
            (await RunAsync(Database, "outbox", "list", "--parked")).Output,
            Does.Not.Contain($"{parked}").And.EndsWith("\n1 game."));
        Assert.That((await RunAsync(Database, "stats")).Output, Does.Contain("\n3 games to announce, 1 parked.\n"));
    }

    [Test]
    public async Task An_empty_outbox_is_reported()
    {
        await Database.ExecuteAsync("DELETE FROM outbox");

        Assert.That(await RunAsync(Database, "outbox", "list"), Is.EqualTo((0, "Nothing waits to be announced.", "")));
        Assert.That(await RunAsync(Database, "outbox", "list", "--parked"), Is.EqualTo((0, "Nothing is parked.", "")));
        Assert.That(await RunAsync(Database, "outbox", "retry", "--all"), Is.EqualTo((0, "Nothing is parked or postponed.", "")));
        Assert.That(await RunAsync(Database, "outbox", "drop", "--all"), Is.EqualTo((0, "Nothing waits to be announced.", "")));
    }

    [Test]
    public async Task A_retry_resets_the_attempts_and_notifies_the_bot()
    {
        await using var bot = await Database.OpenAsync(Roles.Bot);
        var isNotified = false;
        bot.Notification += (_, _) => isNotified = true;
        await bot.ExecuteAsync("LISTEN outbox");

        Assert.That(await RunAsync(Database, "outbox", "retry", $"{parked}"), Is.EqualTo((0, "Due now: 1 change of 1 game.", "")));
        Assert.That(await DueAsync(), Is.EquivalentTo(new[] { waiting, parked }));
        Assert.That(
            await Database.SingleAsync<(int, string?)>("SELECT attempts, reason FROM outbox WHERE game_id = @parked", new { parked }),
            Is.EqualTo((0, (string?)null)));
        await bot.ExecuteAsync("SELECT 1");
        Assert.That(isNotified);
    }

    [Test]
    public async Task A_retry_of_all_games_retries_parked_and_postponed_changes()
    {
        var (exitCode, output, _) = await RunAsync(Database, "outbox", "retry", "--all", "--json");
        var done = JsonDocument.Parse(output).RootElement;

        Assert.That(
            (
                exitCode,
                done.GetProperty("games").GetInt64(),
                done.GetProperty("changes").GetInt64(),
                done.GetProperty("left_alone").GetInt64()),
            Is.EqualTo((0, 3, 4, 0)));
        Assert.That(await DueAsync(), Is.EquivalentTo(new[] { waiting, postponed, parked, deleted }));
    }

    [Test]
    public async Task A_drop_explains_its_effect_and_needs_yes()
    {
        var (exitCode, output, error) = await RunAsync(Database, "outbox", "drop", "--parked");

        Assert.That((exitCode, output), Is.EqualTo((4, "")));
        Assert.That(error, Does.StartWith("This drops 3 changes of 2 games. Messages stay as they are ").And.Contain("--yes"));
        Assert.That(await GamesAsync(), Has.Count.EqualTo(4));

        Assert.That(
            await RunAsync(Database, "outbox", "drop", "--parked", "--yes"),
            Is.EqualTo((0, "Dropped: 3 changes of 2 games.", "")));
        Assert.That(await GamesAsync(), Is.EquivalentTo(new[] { waiting, postponed }));
    }

    [TestCase("retry", "Due now: 2 changes of 1 game.")]
    [TestCase("drop", "Dropped: 3 changes of 2 games.")]
    public async Task Games_that_a_bot_is_announcing_are_skipped_without_waiting(string command, string done)
    {
        await using var bot = await Database.OpenAsync(Roles.Bot);
        await using var delivery = await bot.BeginTransactionAsync();
        await bot.ExecuteAsync("SELECT FROM outbox WHERE game_id IN (@postponed, @parked) FOR UPDATE", new { postponed, parked });
        await Database.ExecuteAsync("UPDATE game_sessions SET title = 'Root' WHERE id = @parked", new { parked });

        var impatient = new Dictionary<string, string>
        {
            ["ConnectionStrings__Administrator"] = $"{Database.ConnectionString(EmbeddedServer.Superuser)};Options=-c lock_timeout=5s",
        };
        Assert.That(
            await RunAsync(impatient, ["outbox", command, "--all", .. command == "drop" ? ["--yes"] : Array.Empty<string>()]),
            Is.EqualTo((0, $"{done}\nSkipped, because a bot is announcing them: 2 games.", "")));
        Assert.That(
            await Database.SingleAsync<long>(
                "SELECT count(*) FROM outbox WHERE game_id IN (@postponed, @parked)",
                new { postponed, parked }),
            Is.EqualTo(3));
    }

    [Test]
    public async Task The_owner_can_retry_and_drop_but_not_list()
    {
        var owner = new Dictionary<string, string> { ["ConnectionStrings__Migrator"] = Database.ConnectionString(EmbeddedServer.Owner) };

        Assert.That((await RunAsync(owner, "outbox", "list")).ExitCode, Is.EqualTo(4));
        Assert.That((await RunAsync(owner, "outbox", "retry", $"{parked}")).ExitCode, Is.Zero);
        Assert.That((await RunAsync(owner, "outbox", "drop", $"{parked}", "--yes")).ExitCode, Is.Zero);
    }

    [TestCase("retry")]
    [TestCase("retry", "{waiting}")]
    [TestCase("retry", "{parked}", "--all")]
    [TestCase("retry", Unknown)]
    [TestCase("retry", "nonsense")]
    [TestCase("drop", "--yes")]
    [TestCase("drop", "--parked", "--all", "--yes")]
    [TestCase("drop", "{parked}", "--parked", "--yes")]
    [TestCase("drop", Unknown, "--yes")]
    [TestCase("list", "--limit", "0")]
    [TestCase("list", "--limit", "x")]
    public async Task A_wrong_command_line_returns_2_with_one_line_and_changes_nothing(params string[] arguments)
    {
        var before = await StateAsync();
        var words = new Dictionary<string, string> { ["{waiting}"] = $"{waiting}", ["{parked}"] = $"{parked}" };
        var (exitCode, output, error) = await RunAsync(
            Database,
            ["outbox", .. arguments.Select(argument => words.GetValueOrDefault(argument, argument))]);

        Assert.That((exitCode, output, error.Split('\n').Length), Is.EqualTo((2, "", 1)), error);
        Assert.That(error, Does.StartWith("gameimages: "));
        Assert.That(await StateAsync(), Is.EqualTo(before));
    }

    private Task<List<Guid>> DueAsync() =>
        Database.QueryAsync<Guid>("SELECT DISTINCT game_id FROM outbox WHERE parked_at IS NULL AND due_at <= now()");

    private Task<List<Guid>> GamesAsync() => Database.QueryAsync<Guid>("SELECT DISTINCT game_id FROM outbox");

    private Task<List<string>> StateAsync() => Database.QueryAsync<string>("SELECT outbox::text FROM outbox ORDER BY id");
}
