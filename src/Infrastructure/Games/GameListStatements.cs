using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>The statements that list and search games.</summary>
internal static class GameListStatements
{
    private const string LatestFirst = "ORDER BY scheduled_at DESC, id DESC";

    // A bitmap scan has no order: the planner would read and sort all games of a guild that the statistics describe as small. It
    // also overestimates lists of 200 guilds and would compile them first, which takes ten times as long as the list itself. For a
    // text that few titles contain, it would scan the whole table once for each guild. The time limit is set in the same round trip
    // and ends with the transaction.
    private const string SettingsSql =
        $"""
        {RowSecurity.Sql},
            set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
            set_config('statement_timeout', @maxTime, true)
        """;

    private static readonly string MaxTime = $"{ListGames.MaxTime.TotalMilliseconds}";

    /// <summary>Sets the caller's guilds, the time limit and the planner's options for the transaction.</summary>
    public static NpgsqlBatchCommand Settings(string guildIds) =>
        new NpgsqlBatchCommand(SettingsSql).With("guildIds", guildIds).With("maxTime", MaxTime);

    public static NpgsqlBatchCommand Page(ListGames filter, Snowflake[] guilds, int limit)
    {
        var page = guilds.Length == 1
            ? new NpgsqlBatchCommand(OfGuild("@guild", Where(filter), "@limit", GameColumns.Response)).With("guild", guilds[0].Value)
            : new NpgsqlBatchCommand(OfGuilds(Where(filter)))
                .With("guilds", guilds.Select(guild => guild.Value).ToArray())
                .With("share", limit / guilds.Length + 10);

        return Filtered(page, filter, limit);
    }

    /// <summary>Its rows begin with the columns matches and is_last.</summary>
    public static NpgsqlBatchCommand Search(ListGames filter, Snowflake[] guilds, int limit)
    {
        var search = new NpgsqlBatchCommand(SearchSql(guilds.Length, Where(filter)))
            .With("text", filter.Text!)
            .With("stretch", ListGames.MaxSearched);

        for (var n = 0; n < guilds.Length; n++)
            search.With($"guild{n}", guilds[n].Value);

        return Filtered(search, filter, limit);
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
            list.With("after", cursor.Time).With("afterId", cursor.Id);

        return list;
    }

    private static string OfGuild(string guild, string where, string limit, string columns) =>
        $"""
        SELECT {columns} FROM game_sessions WHERE guild_id = {guild}{where}
        {LatestFirst} LIMIT {limit}
        """;

    // The index has the games of each guild in order, but not the games of several guilds. The statement first reads a few games of each
    // guild, a little more than the guild's share of the page. They show how far back the page can reach, so the second part reads hardly
    // more games than the page has.
    private static string OfGuilds(string where) =>
        $"""
        WITH bound AS (SELECT coalesce((
            SELECT scheduled_at
            FROM unnest(@guilds) AS guild CROSS JOIN LATERAL (
                SELECT scheduled_at FROM game_sessions WHERE guild_id = guild{where}
                {LatestFirst} LIMIT @share) AS game
            ORDER BY scheduled_at DESC OFFSET @limit - 1 LIMIT 1), '-infinity') AS scheduled_at)
        SELECT game.*, {GameColumns.Images}
        FROM unnest(@guilds) AS guild CROSS JOIN LATERAL (
            SELECT {GameColumns.Stored} FROM game_sessions WHERE guild_id = guild{where} AND scheduled_at >= (TABLE bound)
            {LatestFirst} LIMIT @limit) AS game
        {LatestFirst} LIMIT @limit
        """;

    // No index finds a part of a title (decision 15), so a search examines only one stretch of the list. The index returns the games of
    // each guild in order, and the database merges them one by one. A search that fills its page therefore reads no more games than it
    // needs. The last game of the stretch is returned even if it does not match, because the next search begins there. The stretch has
    // only the columns that a search needs. The other columns are read for the games that it returns.
    private static string SearchSql(int guilds, string where) =>
        $"""
        SELECT matches, is_last, game.*, {GameColumns.Images}
        FROM (
            SELECT * FROM (
                SELECT id, scheduled_at, row_number() OVER ({LatestFirst}) = @stretch AS is_last,
                    strpos(normalized_title, (SELECT btrim(normalize_for_search(@text)))) > 0 AS matches
                FROM (
                    SELECT * FROM (
                        {string.Join(" UNION ALL ", Enumerable.Range(0, guilds).Select(n => $"({Stretch($"@guild{n}", where)})"))}
                    ) AS game {LatestFirst} LIMIT @stretch) AS stretch) AS examined
            WHERE matches OR is_last
            {LatestFirst} LIMIT @limit) AS found
            CROSS JOIN LATERAL (SELECT {GameColumns.Stored} FROM game_sessions WHERE id = found.id) AS game
        ORDER BY found.scheduled_at DESC, found.id DESC
        """;

    private static string Stretch(string guild, string where) => OfGuild(guild, where, "@stretch", "id, scheduled_at, normalized_title");
}
