using System.Text.RegularExpressions;
using GameImages.Application;
using GameImages.Application.Games;

namespace GameImages.Infrastructure.Games;

internal sealed partial class GameReader(GameDatabase database, ICaller caller) : IGameReader
{
    // A bitmap has no order: the planner would rather read and sort all games of a guild that the statistics take for a small one. And it takes lists of
    // 200 guilds for so much work that it would compile them first, ten times as long as they take. For a text that few titles have, it would read the
    // whole table, once for each guild.
    private const string Settings =
        $"{RowSecurity.Sql}, set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    public async Task<GameResponse?> FindAsync(Guid id, CancellationToken ct) => (await QueryAsync(
        $"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id",
        new { guildIds = caller.GuildIds(), id }, ct)).SingleOrDefault();

    public Task<IReadOnlyList<GameResponse>> ListAsync(ListGames filter, int limit, CancellationToken ct)
    {
        long[] guilds = filter.GuildId is { } one ? [one.Value] : [.. caller.GuildIds.Select(guild => guild.Value).Distinct()];

        // Only the conditions that there are: one that may be off fits no index. What is compared has to be a column and a parameter, since
        // row-level security keeps everything else that could tell of hidden rows out of the index.
        // A part of a title fits no index either way: it is looked for in what the others find. The collation knows the cases of all letters, which that
        // of the database may not.
        var where = (filter.Status is null ? "" : " AND status = @status")
            + (filter.Cursor is null ? "" : " AND (scheduled_at, id) < (@after, @afterId)")
            + (filter.Text is null ? "" : " AND title ILIKE @title COLLATE \"und-x-icu\"");

        return QueryAsync(guilds.Length == 1 ? OfGuild(where) : OfGuilds(where), new
        {
            guildIds = caller.GuildIds(),
            guild = guilds.FirstOrDefault(),
            guilds,
            share = limit / Math.Max(1, guilds.Length) + 10,
            status = filter.Status?.ToString(),
            after = filter.Cursor?.ScheduledAt,
            afterId = filter.Cursor?.Id,
            title = filter.Text is { } text ? $"%{Wildcard().Replace(text, @"\$0")}%" : null,
            limit,
        }, ct);
    }

    private static string OfGuild(string where) =>
        $"""
        SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE guild_id = @guild{where}
        ORDER BY scheduled_at DESC, id DESC LIMIT @limit
        """;

    // The index has each guild's games in order, but not those of several. Some of each guild's, more than its share of the page, tell how far back
    // the page can reach at most, so that hardly more games are read than it has; never are all of each guild's.
    private static string OfGuilds(string where) =>
        $"""
        WITH bound AS (SELECT coalesce((
            SELECT scheduled_at
            FROM unnest(@guilds) AS guild CROSS JOIN LATERAL (
                SELECT scheduled_at FROM game_sessions WHERE guild_id = guild{where}
                ORDER BY scheduled_at DESC, id DESC LIMIT @share) AS game
            ORDER BY scheduled_at DESC OFFSET @limit - 1 LIMIT 1), '-infinity') AS scheduled_at)
        SELECT game.*
        FROM unnest(@guilds) AS guild CROSS JOIN LATERAL (
            SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE guild_id = guild{where} AND scheduled_at >= (TABLE bound)
            ORDER BY scheduled_at DESC, id DESC LIMIT @limit) AS game
        ORDER BY scheduled_at DESC, id DESC LIMIT @limit
        """;

    // Nobody reads games but through here and through GameTransaction, which set the caller's guilds as well. Statements that are sent together are
    // one transaction, at whose end the settings end.
    private async Task<IReadOnlyList<GameResponse>> QueryAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await connection.QueryLastAsync<GameResponse>(new($"{Settings}; {sql}", parameters, cancellationToken: ct), before: 1);
    }

    // What LIKE does not take literally, its escape character included.
    [GeneratedRegex(@"[%_\\]")]
    private static partial Regex Wildcard();
}
