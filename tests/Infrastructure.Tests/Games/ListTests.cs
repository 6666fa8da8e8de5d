using System.Text.Json;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
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
    private const string ById = "game_sessions_pkey";
    private const string NewestOfStatus = "game_sessions_guild_id_status_scheduled_at_id_idx";

    private static readonly PageCursor Middle = new(new(2026, 2, 7, 0, 0, 0, DateTimeKind.Utc), Guid.Empty);

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Create_many_games_of_forty_guilds_and_log_the_plans()
    {
        DapperTypes.Register();
        database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(
            """
            SELECT setseed(0.5);
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, status)
            SELECT 1 + floor(40 * random()), 5, 7, 'game',
                '2026-02-07Z'::timestamptz + floor(20000 * (random() - 0.5)) * interval '1 hour',
                CASE WHEN n % 4 = 0 THEN 'scheduled' ELSE 'completed' END
            FROM generate_series(1, 60000) AS n;
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, status)
            SELECT 50, 5, 7, 'Game ' || n, '2026-02-07Z'::timestamptz + n / 3 * interval '1 hour',
                CASE WHEN n % 2 = 0 THEN 'scheduled' ELSE 'completed' END
            FROM generate_series(1, 12000) AS n;
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
    public async Task Pages_contain_every_game_of_the_caller_s_guilds_once_and_in_order(string of)
    {
        var guilds = of.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString(Roles.App));
        var reader = Reader(source, guilds);

        foreach (var status in new[] { null, GameStatus.Scheduled })
        {
            var listed = new List<Guid>();
            for (PageCursor? cursor = null; ;)
            {
                var page = await reader.ListAsync(new() { Status = status, Cursor = cursor }, 47, CancellationToken.None);
                listed.AddRange(page.Games.Select(game => game.Id));
                if (page.Games.Count < 47)
                    break;
                cursor = new(page.Games[^1].ScheduledAt, page.Games[^1].Id);
            }

            Assert.That(listed, Is.EqualTo(await database.QueryAsync<Guid>(
                """
                SELECT id FROM game_sessions
                WHERE guild_id = ANY (@guilds) AND (@status IS NULL OR status = @status)
                ORDER BY scheduled_at DESC, id DESC
                """,
                new { guilds, status = status?.Name })));
        }
    }

    [Test]
    public async Task An_index_returns_a_page_of_one_guild_without_a_sort_or_other_games(
        [Values] bool onlyScheduled, [Values("custom", "generic")] string plans)
    {
        foreach (var cursor in new[] { null, Middle })
        {
            var (page, nodes) = await ExplainAsync(
                Filter(onlyScheduled, cursor) with { GuildId = new Snowflake(7) }, plans, [.. Enumerable.Range(1, 40)]);

            Assert.That(
                nodes,
                Has.None.Matches((JsonElement node) => Text(node, "Node Type")!.Contains("Sort", StringComparison.Ordinal)));
            Assert.That(Scans(nodes), Is.EqualTo(new[] { onlyScheduled ? NewestOfStatus : Newest }));
            Assert.That(Read(nodes), Is.EqualTo(page.Count));
        }
    }

    [Test]
    public async Task An_index_returns_a_page_of_several_guilds_and_few_other_games(
        [Values] bool onlyScheduled, [Values("custom", "generic")] string plans, [Values(5, 40)] int guilds)
    {
        foreach (var cursor in new[] { null, Middle })
        {
            var (page, nodes) = await ExplainAsync(Filter(onlyScheduled, cursor), plans, [.. Enumerable.Range(1, guilds)]);

            Assert.That(Scans(nodes), Is.EqualTo(Enumerable.Repeat(onlyScheduled ? NewestOfStatus : Newest, 2)));

            // These are the share of each guild, the page, and the games of guilds that supply more than their share.
            Assert.That(
                Read(nodes),
                Is.LessThanOrEqualTo(guilds * (Limit / guilds + 10) + 2 * Limit).And.GreaterThanOrEqualTo(page.Count));
        }
    }

    [TestCase("dune", "Dune: Imperium", "DUNE")]
    [TestCase("öl", "ÖLSARDINEN", "Ölsardinen")]
    [TestCase("100%", "100% Orange")]
    [TestCase("_", "snake_case")]
    [TestCase(@"\", @"back\slash")]
    [TestCase("'; DROP TABLE game_sessions; --")]
    public async Task A_text_matches_a_part_of_the_title_literally_in_upper_and_lower_case(string text, params string[] titles)
    {
        await using var own = await TestDatabase.CreateAsync();
        await own.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at)
            SELECT 1 + n % 2, 5, 7, title, '2026-02-07Z'
            FROM unnest(ARRAY[
                'Dune: Imperium', 'DUNE', 'ÖLSARDINEN', 'Ölsardinen', '100% Orange', '1000 Orange', 'snake_case', 'back\slash'
            ]) WITH ORDINALITY AS game (title, n)
            """);
        await using var source = NpgsqlDataSource.Create(own.ConnectionString(Roles.App));

        foreach (var guilds in new[] { [1L, 2L], new[] { 1L } })
        {
            var found = await Reader(source, guilds).ListAsync(new() { Text = text }, Limit, CancellationToken.None);
            Assert.That(found.Games.Select(game => game.Title), guilds.Length == 2 ? Is.EquivalentTo(titles) : Is.SubsetOf(titles));
        }
    }

    // Every title contains the first text, few contain the second, and none contains the third. Each search needs several requests.
    [TestCase("50", "game")]
    [TestCase("50", "Game 1199")]
    [TestCase("50", "nowhere")]
    [TestCase("2 50 4 5", "me 7")]
    [TestCase("2 3 4 5 6 7 8 9 10 11 12 13", "GAME")]
    [TestCase("2 3 4 5 6 7 8 9 10 11 12 13", "nowhere")]
    public async Task A_sequence_of_searches_finds_the_same_games_as_one_SQL_filter(string of, string text)
    {
        const int limit = 100;
        long[] guilds = [.. of.Split(' ').Select(long.Parse)];
        await using var useCases = new UseCases(database, new TestCaller(guilds));

        foreach (var status in new[] { null, GameStatus.Scheduled })
        {
            var found = new List<Guid>();
            var pages = 0;
            for (PageCursor? cursor = null; cursor is not null || pages == 0; pages++)
            {
                var page = await useCases.SendAsync(new ListGames { Status = status, Text = text, Limit = limit, Cursor = cursor });
                Assert.That(page.Items, Has.Count.LessThanOrEqualTo(limit));
                Assert.That(page.Refine, Is.EqualTo(page.NextCursor is not null && page.Items.Count < limit));
                found.AddRange(page.Items.Select(game => game.Id));
                cursor = page.NextCursor;
            }

            var expected = await database.QueryAsync<Guid>(
                """
                SELECT id FROM game_sessions
                WHERE guild_id = ANY (@guilds) AND (@status IS NULL OR status = @status) AND title ILIKE '%' || @text || '%'
                ORDER BY scheduled_at DESC, id DESC
                """,
                new { guilds, status = status?.Name, text });
            Assert.That(found, Is.EqualTo(expected));
            Assert.That(pages, Is.LessThanOrEqualTo(1 + expected.Count / limit + 18000 / ListGames.MaxSearched));
        }
    }

    [Test]
    public async Task A_search_reads_a_bounded_number_of_games(
        [Values(1, 12)] int guilds, [Values("custom", "generic")] string plans)
    {
        long[] members = guilds == 1 ? [50] : [50, .. Enumerable.Range(2, guilds - 1)];

        var (none, looked) = await ExplainAsync(new() { Text = "nowhere" }, plans, members);
        Assert.That(none, Is.Empty);
        // The last game that was compared is read whole, by its id.
        Assert.That(Scans(looked), Is.EqualTo(Enumerable.Repeat(Newest, guilds).Append(ById)));
        Assert.That(
            Read(looked), Is.LessThanOrEqualTo(ListGames.MaxSearched + guilds + 1).And.GreaterThanOrEqualTo(ListGames.MaxSearched));

        // A search stops at a full page.
        var (page, found) = await ExplainAsync(new() { Text = "game" }, plans, members);
        Assert.That(page, Has.Count.EqualTo(Limit));
        Assert.That(Read(found), Is.LessThanOrEqualTo(2 * Limit + guilds + 1));
    }

    [Test]
    public async Task A_list_of_another_guild_is_empty_without_a_query()
    {
        await using var source = NpgsqlDataSource.Create("Host=nowhere.invalid");
        var found = await Reader(source, 1).ListAsync(new() { GuildId = new Snowflake(50) }, Limit, CancellationToken.None);
        Assert.That(found.Games, Is.Empty);
    }

    private static GameReader Reader(NpgsqlDataSource source, params long[] guilds) =>
        new(new(source), new(source, source), new TestCaller(guilds));

    private static ListGames Filter(bool onlyScheduled, PageCursor? cursor) =>
        new() { Status = onlyScheduled ? GameStatus.Scheduled : null, Cursor = cursor };

    private async Task<(IReadOnlyList<GameResponse> Page, List<JsonElement> Nodes)> ExplainAsync(
        ListGames filter,
        string plans,
        long[] guilds)
    {
        var log = new ServerLog();
        using var loggers = new LoggerFactory([log], new LoggerFilterOptions { MinLevel = LogLevel.Debug });
        var builder = new NpgsqlDataSourceBuilder(
            $"{database.ConnectionString(Roles.App)};Options=-c plan_cache_mode=force_{plans}_plan -c client_min_messages=log;"
                + "Max Auto Prepare=10;Auto Prepare Min Usages=1");
        await using var source = builder.UseLoggerFactory(loggers).Build();
        var page = (await Reader(source, guilds).ListAsync(filter, Limit, CancellationToken.None)).Games;

        var plan = log.Messages.Single(message =>
            message.Contains("FROM game_sessions", StringComparison.Ordinal) && message.Contains("plan:", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(plan[plan.IndexOf('{', StringComparison.Ordinal)..]);
        return (page, [.. Nodes(json.RootElement.GetProperty("Plan").Clone())]);
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var text) ? text.GetString() : null;

    // The index, or the node type without one, of each node that reads games.
    private static IEnumerable<string?> Scans(List<JsonElement> nodes) =>
        nodes
            .Where(node => Text(node, "Relation Name") == "game_sessions")
            .Select(node => Text(node, "Index Name") ?? Text(node, "Node Type"));

    private static double Read(List<JsonElement> nodes) =>
        nodes
            .Where(node => Text(node, "Relation Name") == "game_sessions")
            .Sum(node =>
                node.GetProperty("Actual Loops").GetDouble()
                * (node.GetProperty("Actual Rows").GetDouble() + node.GetProperty("Rows Removed by Filter").GetDouble()));

    // Npgsql logs the notices of the server, which contain the plans.
    private sealed class ServerLog : ILoggerProvider, ILogger
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Messages.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
