using System.Data;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Announcements;

/// <summary>A game with changes that are not announced.</summary>
/// <param name="Title">Null when the game was deleted, as the guild.</param>
/// <param name="Since">When the eldest of the changes was made.</param>
/// <param name="Attempts">How often they were tried to be announced.</param>
/// <param name="NextAttemptAt">Null when nobody tries again.</param>
/// <param name="ParkedAt">Since when nobody tries again; null when somebody does.</param>
/// <param name="Reason">Why the last attempt failed.</param>
public sealed record OutboxGame(
    Guid GameId,
    string? Title,
    string? GuildId,
    string ChannelId,
    long Changes,
    DateTime Since,
    int Attempts,
    DateTime? NextAttemptAt,
    DateTime? ParkedAt,
    string? Reason);

/// <summary>What was done with changes that are not announced.</summary>
/// <param name="LeftAlone">Games that a bot was delivering at that moment, to which nothing was done.</param>
public sealed record OutboxWork(long Games, long Changes, long LeftAlone);

/// <summary>The changes that are not announced yet, for operators. Nothing here waits for a bot, nor makes one wait.</summary>
public sealed class OperatorOutbox(OperatorDatabase database)
{
    // One change that is not parked makes all of its game's be tried again.
    private const string Chosen =
        """
        (@gameId IS NULL OR game_id = @gameId)
        AND (NOT @parked OR game_id IN (SELECT game_id FROM outbox GROUP BY game_id HAVING bool_and(parked_at IS NOT NULL)))
        """;

    /// <param name="gameId">Null for every game; likewise below.</param>
    /// <param name="parked">Only games of which nobody tries to announce anything any more.</param>
    /// <param name="limit">How many to return at most.</param>
    /// <returns>The games, the one that waits for longest first, and how many there are.</returns>
    /// <exception cref="RefusedException">Row security would hide some of them.</exception>
    public async Task<(IReadOnlyList<OutboxGame> Games, long Total)> ListAsync(Guid? gameId, bool parked, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var games = await connection.QueryAsync<OutboxGame>(new(
            $"""
            SELECT game_id, title, guild_id::text, coalesce(game.channel_id, waiting.channel_id)::text AS channel_id, changes, since, attempts, next_attempt_at, parked_at, reason
            FROM (
                SELECT game_id, (array_agg(channel_id ORDER BY id DESC))[1] AS channel_id, count(*) AS changes, min(created_at) AS since, max(attempts) AS attempts,
                    (array_agg(due_at ORDER BY id) FILTER (WHERE parked_at IS NULL))[1] AS next_attempt_at,
                    CASE WHEN bool_and(parked_at IS NOT NULL) THEN min(parked_at) END AS parked_at,
                    (array_agg(reason ORDER BY id DESC) FILTER (WHERE reason IS NOT NULL))[1] AS reason
                FROM outbox WHERE {Chosen} GROUP BY game_id) AS waiting
                LEFT JOIN game_sessions AS game ON game.id = game_id
            ORDER BY since, game_id
            LIMIT @limit
            """,
            new { gameId, parked, limit }, cancellationToken: ct));
        return (games, (await CountAsync(connection, gameId, parked, ct)).Games);
    }

    /// <returns>What a drop would do now.</returns>
    public async Task<OutboxWork> CountAsync(Guid? gameId, bool parked, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await CountAsync(connection, gameId, parked, ct);
    }

    /// <summary>Makes what is parked or postponed due now, as if it had never been tried, and wakes the bot.</summary>
    public Task<OutboxWork> RetryAsync(Guid? gameId, CancellationToken ct) => WorkAsync(
        $"{Chosen} AND (parked_at IS NOT NULL OR due_at > now())",
        gameId,
        parked: false,
        $"NOTIFY {V0007_Outbox.Channel}; UPDATE outbox SET attempts = 0, due_at = least(due_at, now()), parked_at = NULL, reason = NULL",
        ct);

    /// <summary>Forgets the changes: nobody announces them any more.</summary>
    public Task<OutboxWork> DropAsync(Guid? gameId, bool parked, CancellationToken ct) =>
        WorkAsync(Chosen, gameId, parked, "DELETE FROM outbox", ct);

    private async Task<OutboxWork> WorkAsync(string condition, Guid? gameId, bool parked, string work, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var changes = await connection.QueryAsync<(long Id, Guid GameId)>(
            Sql($"SELECT id, game_id FROM outbox WHERE {condition}", new { gameId, parked }));
        var locked = (
            await connection.QueryAsync<long>(
                Sql($"SELECT id FROM outbox WHERE {condition} FOR UPDATE SKIP LOCKED", new { gameId, parked }))).ToHashSet();

        // A delivery has locked the changes of its game, but not those that came after it began.
        var games = changes.ToLookup(change => change.GameId, change => change.Id);
        var free = games.Where(game => game.All(locked.Contains)).ToList();
        var ids = free.SelectMany(game => game).ToArray();
        await connection.ExecuteAsync(Sql($"{work} WHERE id = ANY (@ids)", new { ids }));
        await transaction.CommitToTheEndAsync();
        return new(free.Count, ids.Length, games.Count - free.Count);

        Dapper.CommandDefinition Sql(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: ct);
    }

    private static Task<OutboxWork> CountAsync(NpgsqlConnection connection, Guid? gameId, bool parked, CancellationToken ct) =>
        connection.QuerySingleAsync<OutboxWork>(
            new(
                $"SELECT count(DISTINCT game_id) AS games, count(*) AS changes, 0::bigint AS left_alone FROM outbox WHERE {Chosen}",
                new { gameId, parked },
                cancellationToken: ct));
}
