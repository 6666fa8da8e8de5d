using System.Data;
using GameImages.Application;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Announcements;

/// <summary>A game with changes that are not announced.</summary>
/// <param name="Title">Null if the game was deleted.</param>
/// <param name="GuildId">Null if the game was deleted.</param>
/// <param name="Since">When the oldest of the changes was made.</param>
/// <param name="Attempts">The number of attempts to announce them.</param>
/// <param name="NextAttemptAt">Null if the changes are parked.</param>
/// <param name="ParkedAt">Null if the changes are not parked.</param>
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

/// <summary>The number of changes that were retried or dropped.</summary>
/// <param name="LeftAlone">The number of games that were skipped because a bot was announcing them.</param>
public sealed record OutboxWork(long Games, long Changes, long LeftAlone);

/// <summary>The outbox for operators. No method here waits for a bot, or makes a bot wait.</summary>
public sealed class OperatorOutbox(OperatorDatabase database)
{
    // A game counts as parked only if all its changes are parked. One new change makes the bot announce all of them.
    private const string Chosen =
        """
        (@gameId IS NULL OR game_id = @gameId)
        AND (NOT @parked OR game_id IN (SELECT game_id FROM outbox GROUP BY game_id HAVING bool_and(parked_at IS NOT NULL)))
        """;

    /// <param name="gameId">Null for all games.</param>
    /// <param name="parked">Whether to list only games whose changes are all parked.</param>
    /// <param name="limit">The number of games to return at most.</param>
    /// <returns>The games, the longest waiting first, and the number of all such games.</returns>
    /// <exception cref="RefusedException">Row-level security hides games from the role.</exception>
    public async Task<(IReadOnlyList<OutboxGame> Games, long Total)> ListAsync(Guid? gameId, bool parked, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenUnfilteredAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var games = await connection.QueryAsync<OutboxGame>(new(
            $"""
            SELECT game_id, title, guild_id::text, coalesce(game.channel_id, waiting.channel_id)::text AS channel_id, changes, since,
                attempts, next_attempt_at, parked_at, reason
            FROM (
                SELECT game_id, (array_agg(channel_id ORDER BY id DESC))[1] AS channel_id, count(*) AS changes,
                    min(created_at) AS since, max(attempts) AS attempts,
                    (array_agg(due_at ORDER BY id) FILTER (WHERE parked_at IS NULL))[1] AS next_attempt_at,
                    CASE WHEN bool_and(parked_at IS NOT NULL) THEN min(parked_at) END AS parked_at,
                    (array_agg(reason ORDER BY id DESC) FILTER (WHERE reason IS NOT NULL))[1] AS reason
                FROM outbox WHERE {Chosen} GROUP BY game_id) AS waiting
                LEFT JOIN game_sessions AS game ON game.id = game_id
            ORDER BY since, game_id
            LIMIT @limit
            """,
            new { gameId, parked, limit },
            cancellationToken: ct));
        return (games, (await CountAsync(connection, gameId, parked, ct)).Games);
    }

    /// <returns>What <see cref="DropAsync"/> would drop now.</returns>
    /// <exception cref="NotFoundException">The game has no such changes.</exception>
    public async Task<OutboxWork> PlanDropAsync(Guid? gameId, bool parked, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var plan = await CountAsync(connection, gameId, parked, ct);
        return gameId is null || plan.Changes > 0
            ? plan
            : throw new NotFoundException($"Game {gameId} has no changes that wait to be announced.");
    }

    /// <summary>Makes parked and postponed changes due now, resets their attempts, and notifies the bot.</summary>
    /// <exception cref="NotFoundException">The game has no such changes.</exception>
    public async Task<OutboxWork> RetryAsync(Guid? gameId, CancellationToken ct)
    {
        var work = await WorkAsync(
            $"{Chosen} AND (parked_at IS NOT NULL OR due_at > now())",
            gameId,
            parked: false,
            $"NOTIFY {V0007_Outbox.Channel}; "
            + "UPDATE outbox SET attempts = 0, due_at = least(due_at, now()), parked_at = NULL, reason = NULL",
            ct);
        return gameId is null || work is not { Games: 0, LeftAlone: 0 }
            ? work
            : throw new NotFoundException($"Game {gameId} has no changes that are parked or postponed.");
    }

    /// <summary>Deletes changes from the outbox, so that they are never announced.</summary>
    public Task<OutboxWork> DropAsync(Guid? gameId, bool parked, CancellationToken ct) =>
        WorkAsync(Chosen, gameId, parked, "DELETE FROM outbox", ct);

    private async Task<OutboxWork> WorkAsync(string condition, Guid? gameId, bool parked, string work, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var changes = await connection.QueryAsync<(long Id, Guid GameId)>(
            Sql($"SELECT id, game_id FROM outbox WHERE {condition}", new { gameId, parked }));
        var locked = (await connection.QueryAsync<long>(
            Sql($"SELECT id FROM outbox WHERE {condition} FOR UPDATE SKIP LOCKED", new { gameId, parked }))).ToHashSet();

        // The locks protect the changes from a delivery, which could announce them while this transaction changes them. They are held
        // until the commit. A delivery skips locked changes. A game with a change that a delivery has locked is skipped here: its later
        // changes are not locked, but belong to the same announcement.
        var games = changes.ToLookup(change => change.GameId, change => change.Id);
        var free = games.Where(game => game.All(locked.Contains)).ToList();
        var ids = free.SelectMany(game => game).ToArray();
        await connection.ExecuteAsync(Sql($"{work} WHERE id = ANY (@ids)", new { ids }));
        await transaction.CommitToTheEndAsync();
        return new(free.Count, ids.Length, games.Count - free.Count);

        Dapper.CommandDefinition Sql(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: ct);
    }

    private static Task<OutboxWork> CountAsync(NpgsqlConnection connection, Guid? gameId, bool parked, CancellationToken ct) =>
        connection.QuerySingleAsync<OutboxWork>(new(
            $"SELECT count(DISTINCT game_id) AS games, count(*) AS changes, 0::bigint AS left_alone FROM outbox WHERE {Chosen}",
            new { gameId, parked },
            cancellationToken: ct));
}
