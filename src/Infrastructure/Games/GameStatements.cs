using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Images;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Games;

/// <summary>The statements that lock and write a game's row. Inserts and updates return it as a response.</summary>
/// <param name="newImages">The images whose rows may have another id, because somebody else stored them first.</param>
internal sealed class GameStatements(Game game, IReadOnlyDictionary<Guid, ImageKey> newImages)
{
    /// <returns>The games that the results of a batch have, which are the results of more than one column.</returns>
    public static async Task<List<GameResponse>> ReadAsync(NpgsqlDataReader reader)
    {
        var games = new List<GameResponse>();
        while (reader.FieldCount > 0)
        {
            if (reader.FieldCount > 1)
                games.AddRange(await reader.RowsAsync<GameResponse>(CancellationToken.None));
            else
                await reader.NextResultAsync();
        }

        return games;
    }

    /// <returns>The application's exception for a failure of these statements, or null.</returns>
    public static Exception? Refusal(PostgresException fault) => fault.SqlState == V0008_GuildChannels.ForeignChannelSqlState
        // The trigger of schema version 8 writes this message for users. It names the channel and the reason.
        ? new FieldRefusedException("channel_id", fault.MessageText)
        : null;

    /// <summary>Locks a game until the transaction ends, and selects its response.</summary>
    public static NpgsqlBatchCommand Lock(Guid id) =>
        new NpgsqlBatchCommand($"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id FOR UPDATE").With("id", id);

    public static Game ToGame(GameResponse row) => new(
        row.Id,
        row.GuildId,
        new()
        {
            ChannelId = row.ChannelId,
            HostId = row.HostId,
            HostName = row.HostName,
            Title = row.Title,
            Description = row.Description,
            SignupInstructions = row.SignupInstructions,
            Location = row.Location,
            ScheduledAt = row.ScheduledAt,
            ExpectedDurationMinutes = row.ExpectedDurationMinutes,
            MaxPlayers = row.MaxPlayers,
        },
        row.Status,
        row.ThumbnailId,
        row.BannerImageId);

    public NpgsqlBatchCommand Insert() =>
        Columns(
                $"""
                INSERT INTO game_sessions (id, guild_id, channel_id, host_id, host_name, title, description, signup_instructions, location,
                    scheduled_at, expected_duration_minutes, max_players, status, thumbnail_id, banner_image_id)
                VALUES (@id, @guildId, @channelId, @hostId, @hostName, @title, @description, @signupInstructions, @location,
                    @scheduledAt, @expectedDurationMinutes, @maxPlayers, @status, {Image("thumbnail", game.ThumbnailId)}, {Image(
                    "banner",
                    game.BannerImageId)})
                RETURNING {GameSql.ResponseColumns}
                """)
            .With("guildId", game.GuildId.Value);

    // clock_timestamp() rather than now(): a transaction that waited for the lock must not date its change before the one it waited for.
    public NpgsqlBatchCommand Update() =>
        Columns(
            $"""
            UPDATE game_sessions
            SET channel_id = @channelId, host_id = @hostId, host_name = @hostName, title = @title, description = @description,
                signup_instructions = @signupInstructions, location = @location, scheduled_at = @scheduledAt,
                expected_duration_minutes = @expectedDurationMinutes, max_players = @maxPlayers, status = @status,
                thumbnail_id = {Image("thumbnail", game.ThumbnailId)}, banner_image_id = {Image(
                "banner",
                game.BannerImageId)}, updated_at = clock_timestamp()
            WHERE id = @id
            RETURNING {GameSql.ResponseColumns}
            """);

    public NpgsqlBatchCommand Delete() => new NpgsqlBatchCommand("DELETE FROM game_sessions WHERE id = @id").With("id", game.Id);

    private string Image(string name, Guid? id) => id is { } image && newImages.ContainsKey(image)
        ? $"(SELECT id FROM game_images WHERE content_hash = @{name}Hash AND mime_type = @{name}Type)"
        : $"@{name}";

    private NpgsqlBatchCommand Columns(string sql) => WithImage(
        WithImage(new NpgsqlBatchCommand(sql), "thumbnail", game.ThumbnailId), "banner", game.BannerImageId)
        .With("id", game.Id)
        .With("channelId", game.Details.ChannelId.Value)
        .With("hostId", game.Details.HostId.Value)
        .With("hostName", game.Details.HostName)
        .With("title", game.Details.Title)
        .With("description", game.Details.Description)
        .With("signupInstructions", game.Details.SignupInstructions)
        .With("location", game.Details.Location)
        .With("scheduledAt", game.Details.ScheduledAt)
        .With("expectedDurationMinutes", game.Details.ExpectedDurationMinutes)
        .With("maxPlayers", game.Details.MaxPlayers)
        .With("status", DapperTypes.StatusColumn(game.Status));

    private NpgsqlBatchCommand WithImage(NpgsqlBatchCommand statement, string name, Guid? id) =>
        id is { } image && newImages.TryGetValue(image, out var key)
            ? statement.With($"{name}Hash", key.ContentHash.ToDigest()).With($"{name}Type", key.MimeType.MimeType)
            : statement.With(name, id);
}
