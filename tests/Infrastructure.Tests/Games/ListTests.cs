using System.Text.Json;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Games;

/// <summary>Lists of games, and the plans that PostgreSQL makes for them as the role of the service, under row-level security.</summary>
public sealed class ListTests
{
    private const int Limit = 101;
    private const string Newest = "game_sessions_guild_id_scheduled_at_id_idx";
    private const string NewestOfStatus = "game_sessions_guild_id_status_scheduled_at_id_idx";

    private static readonly GameCursor Middle = new(new(2026, 2, 7, 0, 0, 0, DateTimeKind.Utc), Guid.Empty);

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Create_many_games_of_forty_guilds_and_have_their_plans_told()
    {
        DapperTypes.Register();
        database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(
            """
            SELECT setseed(0.5);
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, status)
            SELECT 1 + floor(40 * random()), 5, 7, 'game', '2026-02-07Z'::timestamptz + floor(20000 * (random() - 0.5)) * interval '1 hour',
                CASE WHEN n % 4 = 0 THEN 'scheduled' ELSE 'completed' END
            FROM generate_series(1, 60000) AS n;
            """);
        await database.ExecuteAsync("VACUUM ANALYZE game_sessions");
        await database.ExecuteAsync(
            $"""
            ALTER DATABASE "{database.Name}" SET session_preload_libraries = 'auto_explain';
            ALTER DATABASE "{database.Name}" SET auto_explain.log_min_duration = 0;
            ALTER DATABASE "{database.Name}" SET auto_explain.log_analyze = on;
            ALTER DATABASE "{database.Name}" SET auto_explain.log_format = 'json';
            """);
    }

    [OneTimeTearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [TestCase("1")]
    [TestCase("1 2 2 41 1")]
    [TestCase("3 4 5 6 7 8 9 10 11 12 13 14")]
    [TestCase("41 42")]
    [TestCase("")]
    public async Task Pages_hold_every_game_of_the_callers_guilds_once_and_in_order(string of)
    {
        var guilds = of.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString(Roles.App));
        var reader = new GameReader(new(source), new TestCaller(guilds));

        foreach (var status in new[] { null, GameStatus.Scheduled })
        {
            var listed = new List<Guid>();
            for (GameCursor? cursor = null; ;)
            {
                var page = await reader.ListAsync(new() { Status = status, Cursor = cursor }, 47, CancellationToken.None);
                listed.AddRange(page.Select(game => game.Id));
                if (page.Count < 47)
                    break;
                cursor = new(page[^1].ScheduledAt, page[^1].Id);
            }

            Assert.That(listed, Is.EqualTo(await database.QueryAsync<Guid>(
                "SELECT id FROM game_sessions WHERE guild_id = ANY (@guilds) AND (@status IS NULL OR status = @status) ORDER BY scheduled_at DESC, id DESC",
                new { guilds, status = status?.ToString() })));
        }
    }

    [Test]
    public async Task An_index_finds_a_page_of_one_guild_without_a_sort_and_reads_no_other_game(
        [Values(null, "scheduled")] string? status, [Values("custom", "generic")] string plans)
    {
        foreach (var cursor in new[] { null, Middle })
        {
            var (page, nodes) = await ExplainAsync(Filter(status, cursor) with { GuildId = new Snowflake(7) }, plans, [.. Enumerable.Range(1, 40)]);

            Assert.That(nodes, Has.None.Matches((JsonElement node) => Text(node, "Node Type")!.Contains("Sort", StringComparison.Ordinal)));
            Assert.That(Scans(nodes), Is.EqualTo(new[] { status is null ? Newest : NewestOfStatus }));
            Assert.That(Read(nodes), Is.EqualTo(page.Count));
        }
    }

    [Test]
    public async Task An_index_finds_a_page_of_several_guilds_and_few_more_games_are_read(
        [Values(null, "scheduled")] string? status, [Values("custom", "generic")] string plans, [Values(5, 40)] int guilds)
    {
        foreach (var cursor in new[] { null, Middle })
        {
            var (page, nodes) = await ExplainAsync(Filter(status, cursor), plans, [.. Enumerable.Range(1, guilds)]);

            Assert.That(Scans(nodes), Is.EqualTo(Enumerable.Repeat(status is null ? Newest : NewestOfStatus, 2)));

            // The share of each guild, the page, and what those have that are ahead of their share.
            Assert.That(Read(nodes), Is.LessThanOrEqualTo(guilds * (Limit / guilds + 10) + 2 * Limit).And.GreaterThanOrEqualTo(page.Count));
        }
    }

    [TestCase("dune", "Dune: Imperium", "DUNE")]
    [TestCase("öl", "ÖLSARDINEN", "Ölsardinen")]
    [TestCase("100%", "100% Orange")]
    [TestCase("_", "snake_case")]
    [TestCase(@"\", @"back\slash")]
    [TestCase("'; DROP TABLE game_sessions; --")]
    public async Task A_text_is_a_part_of_the_title_in_either_case_and_taken_literally(string text, params string[] titles)
    {
        await using var own = await TestDatabase.CreateAsync();
        await own.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at)
            SELECT 1 + n % 2, 5, 7, title, '2026-02-07Z'
            FROM unnest(ARRAY['Dune: Imperium', 'DUNE', 'ÖLSARDINEN', 'Ölsardinen', '100% Orange', '1000 Orange', 'snake_case', 'back\slash']) WITH ORDINALITY AS game (title, n)
            """);
        await using var source = NpgsqlDataSource.Create(own.ConnectionString(Roles.App));

        foreach (var guilds in new[] { [1L, 2L], new[] { 1L } })
        {
            var found = await new GameReader(new(source), new TestCaller(guilds)).ListAsync(new() { Text = text }, Limit, CancellationToken.None);
            Assert.That(found.Select(game => game.Title), guilds.Length == 2 ? Is.EquivalentTo(titles) : Is.SubsetOf(titles));
        }
    }

    [TestCase(1)]
    [TestCase(5)]
    public async Task A_text_is_looked_for_in_the_games_of_the_callers_guilds_only(int guilds)
    {
        var (page, nodes) = await ExplainAsync(new() { Text = "nowhere" }, "custom", [.. Enumerable.Range(1, guilds)]);

        Assert.That(page, Is.Empty);
        Assert.That(Scans(nodes), Is.All.EqualTo(Newest));
        Assert.That(Read(nodes), Is.LessThan(2 * guilds * 60000 / 40 * 1.2));
    }

    private static ListGames Filter(string? status, GameCursor? cursor) => new() { Status = status is null ? null : GameStatus.Parse(status), Cursor = cursor };

    private async Task<(IReadOnlyList<GameResponse> Page, List<JsonElement> Nodes)> ExplainAsync(ListGames filter, string plans, long[] guilds)
    {
        var log = new ServerLog();
        using var loggers = new LoggerFactory([log], new LoggerFilterOptions { MinLevel = LogLevel.Debug });
        var builder = new NpgsqlDataSourceBuilder(
            $"{database.ConnectionString(Roles.App)};Options=-c plan_cache_mode=force_{plans}_plan -c client_min_messages=log;Max Auto Prepare=10;Auto Prepare Min Usages=1");
        await using var source = builder.UseLoggerFactory(loggers).Build();
        var page = await new GameReader(new(source), new TestCaller(guilds)).ListAsync(filter, Limit, CancellationToken.None);

        var plan = log.Messages.Single(message => message.Contains("FROM game_sessions", StringComparison.Ordinal) && message.Contains("plan:", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(plan[plan.IndexOf('{', StringComparison.Ordinal)..]);
        return (page, [.. Nodes(json.RootElement.GetProperty("Plan").Clone())]);
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var text) ? text.GetString() : null;

    // The index of each place where games are read, or how else they are.
    private static IEnumerable<string?> Scans(List<JsonElement> nodes) =>
        nodes.Where(node => Text(node, "Relation Name") == "game_sessions").Select(node => Text(node, "Index Name") ?? Text(node, "Node Type"));

    private static double Read(List<JsonElement> nodes) => nodes
        .Where(node => Text(node, "Relation Name") == "game_sessions")
        .Sum(node => node.GetProperty("Actual Loops").GetDouble() * (node.GetProperty("Actual Rows").GetDouble() + node.GetProperty("Rows Removed by Filter").GetDouble()));

    // Npgsql logs what the server tells.
    private sealed class ServerLog : ILoggerProvider, ILogger
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
