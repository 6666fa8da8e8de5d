using GameImages.Application.Announcements;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Announcements;

/// <param name="connection">Its transaction has locked the events.</param>
internal sealed class Delivery(
    BotDatabase database, NpgsqlConnection connection, Guid gameId, List<(long Id, int Attempts, long ChannelId)> events,
    AnnouncedGame? game, Announcement announcement)
    : IDelivery
{
    /// <summary>Begins a delivery after its events were locked. A failed statement does not release these locks.</summary>
    public const string Begin = "SAVEPOINT delivery";

    private const int MaxReasonLength = 1000;

    private readonly long[] ids = [.. events.Select(entry => entry.Id)];

    public long EventId => ids[^1];

    public Guid GameId => gameId;

    public int Attempts { get; } = events.Max(entry => entry.Attempts);

    public IReadOnlyCollection<Snowflake> Channels { get; } = [.. events.Select(entry => new Snowflake(entry.ChannelId)).Distinct()];

    public AnnouncedGame? Game => game;

    public Exception? ReadFault { get; init; }

    public Announcement Announcement => announcement;

    public Task<byte[]?> ReadImageAsync(Guid imageId, CancellationToken ct) => connection.QuerySingleOrDefaultAsync<byte[]>(new(
        "SELECT image_data FROM game_images WHERE id = @imageId AND quarantined_at IS NULL", new { imageId }, cancellationToken: ct));

    // This uses another connection, so that the record is committed while the events stay locked.
    public async Task BeginPostAsync(Snowflake channelId, Snowflake guildId, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(
            """
            INSERT INTO announcements (game_id, posting_channel_id, guild_id) VALUES ($1, $2, $3)
            ON CONFLICT (game_id) DO UPDATE SET (posting_channel_id, guild_id) = (excluded.posting_channel_id, excluded.guild_id)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = gameId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = channelId.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = guildId.Value });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task EndPostAsync(Announcement announcement, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var batch = connection.Batch(Save(announcement));
        await connection.RunAsync(() => batch.ExecuteNonQueryAsync(ct));
    }

    public Task CompleteAsync(Announcement announcement, TimeSpan? again = null)
    {
        // A deleted game needs its announcement only as long as its message exists.
        var save = game is null && announcement.Message is null
            ? new NpgsqlBatchCommand("DELETE FROM announcements WHERE game_id = @gameId").With("gameId", gameId)
            : Save(announcement);

        return again is { } delay
            ? CommitAsync(save, DeleteEvents(ids[..^1]), MakeLastEventDue(delay))
            : CommitAsync(save, DeleteEvents(ids));
    }

    public Task PostponeAsync(TimeSpan delay, string reason) => CommitAsync(new NpgsqlBatchCommand(
        """
        UPDATE outbox SET attempts = @attempts, due_at = clock_timestamp() + @delay, parked_at = NULL, reason = @reason
        WHERE id = ANY (@ids)
        """)
        .With("attempts", Attempts + 1).With("delay", delay).With("reason", Shorten(reason)).With("ids", ids));

    public async Task ParkAsync(string reason)
    {
        NpgsqlBatchCommand[] statements =
        [
            new NpgsqlBatchCommand(
                "UPDATE outbox SET attempts = @attempts, parked_at = clock_timestamp(), reason = @reason WHERE id = ANY (@ids)")
                .With("attempts", Attempts + 1).With("reason", Shorten(reason)).With("ids", ids),
            new NpgsqlBatchCommand("UPDATE announcements SET posting_channel_id = NULL WHERE game_id = @gameId").With("gameId", gameId),
        ];

        // Another statement may have failed before. After some errors, such as a damaged page, the driver closes the connection.
        if (!connection.IsLost)
        {
            await CommitAsync([new("ROLLBACK TO SAVEPOINT delivery"), .. statements]);
            return;
        }

        await using var another = await database.Source.OpenConnectionAsync();
        await using var batch = another.Batch(statements);
        await another.RunAsync(() => batch.ExecuteNonQueryAsync(CancellationToken.None));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private NpgsqlBatchCommand Save(Announcement announcement) => new NpgsqlBatchCommand(
        """
        INSERT INTO announcements (game_id, channel_id, message_id, posts, image_failures, is_left_alone)
        VALUES (@gameId, @channelId, @messageId, @posts, @imageFailures, @isLeftAlone)
        ON CONFLICT (game_id) DO UPDATE SET (channel_id, message_id, posting_channel_id, posts, image_failures, is_left_alone)
            = (excluded.channel_id, excluded.message_id, NULL, excluded.posts, excluded.image_failures, excluded.is_left_alone)
        """)
        .With("gameId", gameId)
        .With("channelId", announcement.Message?.ChannelId.Value)
        .With("messageId", announcement.Message?.MessageId.Value)
        .With("posts", announcement.Posts)
        .With("imageFailures", announcement.ImageFailures)
        .With("isLeftAlone", announcement.IsLeftAlone);

    private NpgsqlBatchCommand MakeLastEventDue(TimeSpan delay) => new NpgsqlBatchCommand(
        "UPDATE outbox SET attempts = 0, parked_at = NULL, reason = NULL, due_at = clock_timestamp() + @delay WHERE id = @last")
        .With("delay", delay).With("last", EventId);

    private static NpgsqlBatchCommand DeleteEvents(long[] announced) =>
        new NpgsqlBatchCommand("DELETE FROM outbox WHERE id = ANY (@announced)").With("announced", announced);

    private static string Shorten(string reason) => reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength];

    // The commit cannot be cancelled, because Discord has received the announcement and the database must record it.
    private async Task CommitAsync(params NpgsqlBatchCommand[] statements)
    {
        await using var batch = connection.Batch([.. statements, new(Commit.Sql)]);
        await connection.RunAsync(() => batch.ExecuteNonQueryAsync(CancellationToken.None));
    }
}
