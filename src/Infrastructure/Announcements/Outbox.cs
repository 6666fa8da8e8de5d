using GameImages.Application.Announcements;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

internal sealed class Outbox(BotDatabase database, TimeProvider time) : IOutbox
{
    private readonly PoolRenewal renewal = new(database.Source, time);

    public async Task<IDelivery?> ClaimAsync(IReadOnlyCollection<Snowflake> exceptChannels, CancellationToken ct)
    {
        try
        {
            return await ClaimFirstAsync(exceptChannels, ct);
        }
        catch (Exception fault)
        {
            renewal.RenewAfter(fault);
            throw;
        }
    }

    public async Task<OutboxState> ReadStateAsync(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var (waiting, lag, parked) = await connection.QuerySingleAsync<(int, double, int)>(new(
            """
            SELECT count(DISTINCT game_id) FILTER (WHERE parked_at IS NULL)::int,
                coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE parked_at IS NULL)), 0)::float8,
                count(DISTINCT game_id) FILTER (WHERE parked_at IS NOT NULL)::int
            FROM outbox
            """,
            cancellationToken: ct));
        return new(waiting, TimeSpan.FromSeconds(lag), parked);
    }

    public async Task AddAsync(Guid gameId, Snowflake channelId, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new(
            "INSERT INTO outbox (game_id, channel_id) VALUES (@gameId, @channelId)", new { gameId, channelId }, cancellationToken: ct));
    }

    private async Task<IDelivery?> ClaimFirstAsync(IReadOnlyCollection<Snowflake> exceptChannels, CancellationToken ct)
    {
        IDelivery? delivery = null;
        var connection = await database.Source.OpenConnectionAsync(
            async connection =>
            {
                if (await LockFirstAsync(connection, exceptChannels, ct) is { } gameId)
                    delivery = await ReadAsync(connection, gameId, ct);
            },
            ct);

        if (delivery is null)
            await connection.DisposeAsync();

        return delivery;
    }

    // The lock on the oldest event of a game protects the delivery of all its events. Without it, two bots could announce the same game at
    // once. It is held until the delivery ends. Another bot skips the game, even if a newer event of it is due.
    private static async Task<Guid?> LockFirstAsync(
        NpgsqlConnection connection, IReadOnlyCollection<Snowflake> exceptChannels, CancellationToken ct)
    {
        await using var batch = connection.Batch(
            new("BEGIN"),
            new NpgsqlBatchCommand(
                """
                SELECT due.game_id
                FROM outbox AS due JOIN outbox AS oldest ON oldest.game_id = due.game_id AND oldest.parked_at IS NULL
                WHERE due.parked_at IS NULL AND due.due_at <= now() AND due.channel_id <> ALL (@exceptChannels)
                    AND NOT EXISTS (
                        SELECT FROM outbox AS earlier
                        WHERE earlier.game_id = oldest.game_id AND earlier.id < oldest.id AND earlier.parked_at IS NULL)
                ORDER BY due.due_at, due.id
                LIMIT 1
                FOR UPDATE OF oldest SKIP LOCKED
                """).With("exceptChannels", exceptChannels.Select(channel => channel.Value).ToArray()));
        return await connection.RunAsync(() => batch.ExecuteScalarAsync(ct)) as Guid?;
    }

    // The events are read before the game, so the game has every change that these events report.
    private async Task<Delivery> ReadAsync(NpgsqlConnection connection, Guid gameId, CancellationToken ct)
    {
        await using var lockEvents = connection.Batch(
            OfGame("SELECT id, attempts, channel_id FROM outbox WHERE game_id = @gameId ORDER BY id FOR UPDATE SKIP LOCKED"),
            new NpgsqlBatchCommand(Delivery.Begin));
        var events = await lockEvents.ReadAsync(reader => reader.RowsAsync<(long Id, int Attempts, long ChannelId)>(ct), ct);

        await using var readGame = connection.Batch(
            OfGame($"SELECT {AnnouncedGameStatements.Columns} FROM game_sessions WHERE id = @gameId"),
            OfGame(
                """
                SELECT channel_id, message_id, posting_channel_id, posts, image_failures, is_left_alone, guild_id
                FROM announcements WHERE game_id = @gameId
                """));
        try
        {
            return await readGame.ReadAsync(
                async reader =>
                {
                    var game = (await reader.AnnouncedGamesAsync(ct)).SingleOrDefault();
                    var announcement = (await reader.RowsAsync<AnnouncementRow>(ct)).SingleOrDefault()?.ToAnnouncement() ?? new();
                    return new Delivery(database, connection, gameId, events, game, announcement);
                },
                ct);
        }
        catch (Exception fault) when (!DatabaseFaults.IsUnavailable(fault) && !DatabaseFaults.IsOldSchema(fault))
        {
            return new(database, connection, gameId, events, null, new()) { ReadFault = fault };
        }

        NpgsqlBatchCommand OfGame(string sql) => new NpgsqlBatchCommand(sql).With("gameId", gameId);
    }

    private sealed record AnnouncementRow(
        long? ChannelId, long? MessageId, long? PostingChannelId, int Posts, int ImageFailures, bool IsLeftAlone, long? GuildId)
    {
        public Announcement ToAnnouncement() => new(
            ChannelId is { } channel && MessageId is { } message ? new(new(channel), new(message)) : null,
            PostingChannelId is { } posting ? new(posting) : null,
            Posts,
            ImageFailures,
            IsLeftAlone,
            GuildId is { } guild ? new(guild) : null);
    }
}
