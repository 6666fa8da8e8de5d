using GameImages.Application.Announcements;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

internal sealed class AnnouncedGames(BotDatabase database) : IAnnouncedGames
{
    public async Task<IReadOnlyList<AnnouncedGame>> ReadLatestAsync(int count, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await ReadAsync(
            connection,
            new NpgsqlBatchCommand(
                $"SELECT {AnnouncedGameRows.Columns} FROM game_sessions ORDER BY updated_at DESC, id LIMIT @count").With("count", count),
            ct);
    }

    public async Task<IReadOnlyList<WaitingGame>> ReadWaitingAsync(long eventId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var changes = await connection.QueryAsync<(long EventId, Guid GameId)>(new(
            "SELECT max(id), game_id FROM outbox WHERE id > @eventId GROUP BY game_id ORDER BY max(id)",
            new { eventId }, cancellationToken: ct));
        var games = await ReadAsync(
            connection,
            new NpgsqlBatchCommand($"SELECT {AnnouncedGameRows.Columns} FROM game_sessions WHERE id = ANY (@ids)").With(
                "ids",
                changes.Select(change => change.GameId).ToArray()),
            ct);

        var byId = games.ToDictionary(game => game.Game.Id);
        return [.. changes.Select(change => new WaitingGame(change.EventId, change.GameId, byId.GetValueOrDefault(change.GameId)))];
    }

    private static async Task<List<AnnouncedGame>> ReadAsync(NpgsqlConnection connection, NpgsqlBatchCommand select, CancellationToken ct)
    {
        await using var batch = connection.Batch(select);
        return await batch.ReadAsync(reader => reader.AnnouncedGamesAsync(ct), ct);
    }
}
