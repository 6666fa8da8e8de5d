using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Games;

internal sealed class GameReader(GameDatabase database, ListDatabase lists, ICaller caller) : IGameReader
{
    public Task<GameResponse?> FindAsync(Guid id, CancellationToken ct) => QueryAsync(
        database.Source, RowSecurity.Statement(caller.GuildIds()),
        new NpgsqlBatchCommand($"SELECT {GameColumns.Response} FROM game_sessions WHERE id = @id").With("id", id),
        async reader => (await reader.RowsAsync<GameResponse>(ct)).SingleOrDefault(), ct);

    public Task<FoundGames> ListAsync(ListGames filter, int limit, CancellationToken ct)
    {
        // Without this filter, the database would read every game of a foreign guild before row-level security rejects it.
        Snowflake[] guilds = [.. caller.GuildIds.Where(guild => filter.GuildId is null || guild == filter.GuildId).Distinct()];

        if (guilds.Length == 0)
            return Task.FromResult(new FoundGames([]));

        return filter.Text is null
            ? ListAsync(lists.Lists, GameListStatements.Page(filter, guilds, limit), reader => ReadPageAsync(reader, ct), ct)
            : ListAsync(lists.Searches, GameListStatements.Search(filter, guilds, limit), reader => ReadSearchAsync(reader, ct), ct);
    }

    private static async Task<FoundGames> ReadPageAsync(NpgsqlDataReader reader, CancellationToken ct) =>
        new(await reader.RowsAsync<GameResponse>(ct));

    private static async Task<FoundGames> ReadSearchAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var found = new List<GameResponse>();
        PageCursor? stoppedAt = null;
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
        try
        {
            return await QueryAsync(source, GameListStatements.Settings(caller.GuildIds()), list, read, ct);
        }
        catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled && !ct.IsCancellationRequested)
        {
            throw new ListTooSlowException(late);
        }
    }

    // Statements of one batch are one transaction. The caller's guilds, which the first statement sets, end with it.
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
}
