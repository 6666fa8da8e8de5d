using Dapper;
using GameImages.Application;
using GameImages.Application.Games;

namespace GameImages.Infrastructure.Games;

internal sealed class GameReader(GameDatabase database, ICaller caller) : IGameReader
{
    private readonly long[] guilds = [.. caller.GuildIds.Select(guild => guild.Value)];

    public async Task<GameResponse?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<GameResponse>(new(
            $"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id AND guild_id = ANY (@guilds)",
            new { id, guilds }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<GameResponse>> ListAsync(ListGames filter, int limit, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var games = await connection.QueryAsync<GameResponse>(new(
            $"""
            SELECT {GameSql.ResponseColumns}
            FROM game_sessions
            WHERE guild_id = ANY (@guilds)
              AND (@guild::bigint IS NULL OR guild_id = @guild)
              AND (@status::text IS NULL OR status = @status)
              AND (@after::timestamptz IS NULL OR (scheduled_at, id) < (@after, @afterId::uuid))
            ORDER BY scheduled_at DESC, id DESC
            LIMIT @limit
            """,
            new
            {
                guilds,
                guild = filter.GuildId?.Value,
                status = filter.Status?.ToString(),
                after = filter.Cursor?.ScheduledAt,
                afterId = filter.Cursor?.Id,
                limit,
            },
            cancellationToken: ct));
        return games.AsList();
    }
}
