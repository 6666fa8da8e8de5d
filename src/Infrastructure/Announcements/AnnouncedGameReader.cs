using GameImages.Application.Announcements;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

internal sealed class AnnouncedGameReader(BotDatabase database) : IAnnouncedGameReader
{
    public async Task<IReadOnlyList<AnnouncedGame>> ReadLatestAsync(int count, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var select = Select("ORDER BY updated_at DESC, id LIMIT @count").With("count", count);
        return await ReadAsync(connection, select, ct);
    }

    public async Task<IReadOnlyList<WaitingGame>> ReadWaitingAsync(long eventId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var events = await connection.QueryAsync<(long EventId, Guid GameId)>(new(
            "SELECT max(id), game_id FROM outbox WHERE id > @eventId GROUP BY game_id ORDER BY max(id)",
            new { eventId }, cancellationToken: ct));
        var ids = events.Select(last => last.GameId).ToArray();
        var games = await ReadAsync(connection, Select("WHERE id = ANY (@ids)").With("ids", ids), ct);

        var byId = games.ToDictionary(game => game.Game.Id);
        return [.. events.Select(last => new WaitingGame(last.EventId, last.GameId, byId.GetValueOrDefault(last.GameId)))];
    }

    private static NpgsqlBatchCommand Select(string filter) =>
        new($"SELECT {AnnouncedGameStatements.Columns} FROM game_sessions {filter}");

    private static async Task<List<AnnouncedGame>> ReadAsync(NpgsqlConnection connection, NpgsqlBatchCommand select, CancellationToken ct)
    {
        await using var batch = connection.Batch(select);
        return await batch.ReadAsync(reader => reader.AnnouncedGamesAsync(ct), ct);
    }
}
