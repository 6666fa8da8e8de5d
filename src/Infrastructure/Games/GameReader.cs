using Dapper;
using GameImages.Application;
using GameImages.Application.Games;

namespace GameImages.Infrastructure.Games;

internal sealed class GameReader(GameDatabase database, ICaller caller) : IGameReader
{
    public async Task<GameResponse?> FindAsync(Guid id, CancellationToken ct) => (await QueryAsync(
        $"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id",
        new { guildIds = caller.GuildIds(), id }, ct)).SingleOrDefault();

    public Task<IReadOnlyList<GameResponse>> ListAsync(ListGames filter, int limit, CancellationToken ct) => QueryAsync(
        $"""
        SELECT {GameSql.ResponseColumns}
        FROM game_sessions
        WHERE (@guild::bigint IS NULL OR guild_id = @guild)
          AND (@status::text IS NULL OR status = @status)
          AND (@after::timestamptz IS NULL OR (scheduled_at, id) < (@after, @afterId::uuid))
        ORDER BY scheduled_at DESC, id DESC
        LIMIT @limit
        """,
        new
        {
            guildIds = caller.GuildIds(),
            guild = filter.GuildId?.Value,
            status = filter.Status?.ToString(),
            after = filter.Cursor?.ScheduledAt,
            afterId = filter.Cursor?.Id,
            limit,
        }, ct);

    // Nobody reads games but through here and through GameTransaction, which set the caller's guilds as well.
    private async Task<IReadOnlyList<GameResponse>> QueryAsync(string sql, object parameters, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var results = await connection.QueryMultipleAsync(new($"{RowSecurity.Sql}; {sql}", parameters, transaction, cancellationToken: ct));
        await results.ReadAsync();
        return (await results.ReadAsync<GameResponse>()).AsList();
    }
}
