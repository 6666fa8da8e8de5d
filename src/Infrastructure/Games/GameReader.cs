using System.Text.RegularExpressions;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using Npgsql;

namespace GameImages.Infrastructure.Games;

internal sealed partial class GameReader(GameDatabase database, ListDatabase lists, ICaller caller) : IGameReader
{
    private const string Newest = "ORDER BY scheduled_at DESC, id DESC";

    // A bitmap scan has no order: the planner would read and sort all games of a guild that the statistics describe as small. It
    // also overestimates lists of 200 guilds and would compile them first, which takes ten times as long as the list itself. For a
    // text that few titles contain, it would scan the whole table once for each guild. The time limit is set in the same round trip
    // and ends with the transaction.
    private const string ListSettings =
        $"""
        {RowSecurity.Sql},
            set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
            set_config('statement_timeout', @maxTime, true)
        """;

    private static readonly string MaxTime = $"{ListGames.MaxTime.TotalMilliseconds}";

    public Task<GameResponse?> FindAsync(Guid id, CancellationToken ct) => QueryAsync(
        database.Source, RowSecurity.Statement(caller.GuildIds()),
        new NpgsqlBatchCommand($"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id").With("id", id),
        async reader => (await reader.RowsAsync<GameResponse>(ct)).SingleOrDefault(), ct);

    public Task<FoundGames> ListAsync(ListGames filter, int limit, CancellationToken ct)
    {
        // Without this filter, the database would read every game of a foreign guild before row-level security rejects it.
        Snowflake[] guilds = [.. caller.GuildIds.Where(guild => filter.GuildId is null || guild == filter.GuildId).Distinct()];

        if (guilds.Length == 0)
            return Task.FromResult(new FoundGames([]));

        return filter.Text is null ? PageAsync(filter, guilds, limit, ct) : SearchAsync(filter, guilds, limit, ct);
    }

    private Task<FoundGames> PageAsync(ListGames filter, Snowflake[] guilds, int limit, CancellationToken ct)
    {
        var page = guilds.Length == 1
            ? new NpgsqlBatchCommand(OfGuild("@guild", Where(filter), "@limit")).With("guild", guilds[0].Value)
            : new NpgsqlBatchCommand(OfGuilds(Where(filter)))
                .With("guilds", guilds.Select(guild => guild.Value).ToArray())
                .With("share", limit / guilds.Length + 10);

        return ListAsync(lists.Lists, Filtered(page, filter, limit), async reader => new(await reader.RowsAsync<GameResponse>(ct)), ct);
    }

    private Task<FoundGames> SearchAsync(ListGames filter, Snowflake[] guilds, int limit, CancellationToken ct)
    {
        var search = new NpgsqlBatchCommand(Search(guilds.Length, Where(filter)))
            .With("title", $"%{Wildcard().Replace(filter.Text!, @"\$0")}%")
            .With("stretch", ListGames.MaxSearched);

        for (var n = 0; n < guilds.Length; n++)
            search.With($"guild{n}", guilds[n].Value);

        return ListAsync(lists.Searches, Filtered(search, filter, limit), reader => ReadSearchAsync(reader, ct), ct);
    }

    // The statement contains only the conditions that are set, because an optional condition fits no index. Each condition compares a
    // column with a parameter: row-level security keeps every other condition, which could reveal hidden rows, out of the index.
    private static string Where(ListGames filter) =>
        (filter.Status is null ? "" : " AND status = @status")
        + (filter.Cursor is null ? "" : " AND (scheduled_at, id) < (@after, @afterId)");

    private static NpgsqlBatchCommand Filtered(NpgsqlBatchCommand list, ListGames filter, int limit)
    {
        list.With("limit", limit);
        if (filter.Status is { } status)
            list.With("status", DapperTypes.StatusColumn(status));
        if (filter.Cursor is { } cursor)
            list.With("after", cursor.ScheduledAt).With("afterId", cursor.Id);

        return list;
    }

    private static string OfGuild(string guild, string where, string limit) =>
        $"""
        SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE guild_id = {guild}{where}
        {Newest} LIMIT {limit}
        """;

    // The index has each guild's games in order, but not those of several. Some of each guild's, more than its share of the page, tell how far back
    // the page can reach at most, so that hardly more games are read than it has; never are all of each guild's.
    private static string OfGuilds(string where) =>
        $"""
        WITH bound AS (SELECT coalesce((
            SELECT scheduled_at
            FROM unnest(@guilds) AS guild CROSS JOIN LATERAL (
                SELECT scheduled_at FROM game_sessions WHERE guild_id = guild{where}
                {Newest} LIMIT @share) AS game
            ORDER BY scheduled_at DESC OFFSET @limit - 1 LIMIT 1), '-infinity') AS scheduled_at)
        SELECT game.*
        FROM unnest(@guilds) AS guild CROSS JOIN LATERAL (
            SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE guild_id = guild{where} AND scheduled_at >= (TABLE bound)
            {Newest} LIMIT @limit) AS game
        {Newest} LIMIT @limit
        """;

    // No index finds a part of a title (decision 15), so a search examines only one stretch of the list. The index returns the games of
    // each guild in order, and the database merges them one by one. A search that fills its page therefore reads no more games than it
    // needs. The last game of the stretch is returned even if it does not match, because the next search begins there. The collation
    // knows the upper and lower case of all letters; that of the database may not.
    private static string Search(int guilds, string where) =>
        $"""
        SELECT * FROM (
            SELECT title ILIKE @title COLLATE "und-x-icu" AS matches, row_number() OVER ({Newest}) = @stretch AS is_last, stretch.*
            FROM (
                SELECT * FROM (
                    {string.Join(" UNION ALL ", Enumerable.Range(0, guilds).Select(n => $"({OfGuild($"@guild{n}", where, "@stretch")})"))}
                ) AS game {Newest} LIMIT @stretch) AS stretch) AS looked_at
        WHERE matches OR is_last
        {Newest} LIMIT @limit
        """;

    private static async Task<FoundGames> ReadSearchAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var found = new List<GameResponse>();
        GameCursor? stoppedAt = null;
        var parse = reader.RowParser<GameResponse>(startIndex: 2);

        while (await reader.ReadAsync(ct))
        {
            var game = parse(reader);
            if (reader.GetBoolean(0))
                found.Add(game);
            if (reader.GetBoolean(1))
                stoppedAt = new(game.ScheduledAt, game.Id);
        }

        return new(found, stoppedAt);
    }

    private async Task<FoundGames> ListAsync(
        NpgsqlDataSource source, NpgsqlBatchCommand list, Func<NpgsqlDataReader, Task<FoundGames>> read, CancellationToken ct)
    {
        var settings = new NpgsqlBatchCommand(ListSettings).With("guildIds", caller.GuildIds()).With("maxTime", MaxTime);

        try
        {
            return await QueryAsync(source, settings, list, read, ct);
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled && !ct.IsCancellationRequested)
        {
            throw new ListTooSlowException(late);
        }
    }

    // Games are read only here and in GameTransaction, which also sets the caller's guilds. Statements that are sent together are one
    // transaction, and the settings end with it.
    private static async Task<T> QueryAsync<T>(
        NpgsqlDataSource source, NpgsqlBatchCommand settings, NpgsqlBatchCommand query,
        Func<NpgsqlDataReader, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.Batch(settings, query);
        return await batch.ReadAsync(
            async reader =>
            {
                await reader.NextResultAsync(ct);
                return await read(reader);
            },
            ct);
    }

    // What LIKE does not take literally, its escape character included.
    [GeneratedRegex(@"[%_\\]")]
    private static partial Regex Wildcard();
}
