using Dapper;
using GameImages.Application;
using GameImages.Application.Games;
using GameImages.Domain.Games;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure.Games;

internal sealed class GameTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    : ImageTransaction(connection, transaction), IGameTransaction
{
    public async Task<Game> LockGameAsync(Guid id, IReadOnlyCollection<string>? ifMatch, CancellationToken ct)
    {
        // The lock keeps two requests from giving the same references back twice.
        var row = await Connection.QuerySingleOrDefaultAsync<GameResponse>(Sql(
            $"SELECT {GameSql.ResponseColumns} FROM game_sessions WHERE id = @id FOR UPDATE",
            new { id }, ct))
            ?? throw NotFoundException.Game(id);

        if (ifMatch?.Contains(row.Version) == false)
            throw new StaleVersionException($"Game {id} was changed since the version that If-Match names.");

        return new Game(row.Id, row.GuildId, Details(row), row.Status, row.ThumbnailId, row.BannerImageId);
    }

    public Task<GameResponse> InsertAsync(Game game, CancellationToken ct) => Connection.QuerySingleAsync<GameResponse>(Sql(
        $"""
        INSERT INTO game_sessions (id, guild_id, channel_id, host_id, host_name, title, description, signup_instructions, location,
            scheduled_at, expected_duration_minutes, max_players, status, thumbnail_id, banner_image_id)
        VALUES (@Id, @GuildId, @ChannelId, @HostId, @HostName, @Title, @Description, @SignupInstructions, @Location,
            @ScheduledAt, @ExpectedDurationMinutes, @MaxPlayers, @Status, @ThumbnailId, @BannerImageId)
        RETURNING {GameSql.ResponseColumns}
        """,
        Columns(game), ct));

    // clock_timestamp() rather than now(): a transaction that waited for the lock must not date its change before the one it waited for.
    public Task<GameResponse> UpdateAsync(Game game, CancellationToken ct) => Connection.QuerySingleAsync<GameResponse>(Sql(
        $"""
        UPDATE game_sessions
        SET channel_id = @ChannelId, host_id = @HostId, host_name = @HostName, title = @Title, description = @Description,
            signup_instructions = @SignupInstructions, location = @Location, scheduled_at = @ScheduledAt,
            expected_duration_minutes = @ExpectedDurationMinutes, max_players = @MaxPlayers, status = @Status,
            thumbnail_id = @ThumbnailId, banner_image_id = @BannerImageId, updated_at = clock_timestamp()
        WHERE id = @Id
        RETURNING {GameSql.ResponseColumns}
        """,
        Columns(game), ct));

    public Task DeleteAsync(Game game, CancellationToken ct) =>
        Connection.ExecuteAsync(Sql("DELETE FROM game_sessions WHERE id = @Id", new { game.Id }, ct));

    private static object Columns(Game game) => new
    {
        game.Id,
        game.GuildId,
        game.Details.ChannelId,
        game.Details.HostId,
        game.Details.HostName,
        game.Details.Title,
        game.Details.Description,
        game.Details.SignupInstructions,
        game.Details.Location,
        game.Details.ScheduledAt,
        game.Details.ExpectedDurationMinutes,
        game.Details.MaxPlayers,
        game.Status,
        game.ThumbnailId,
        game.BannerImageId,
    };

    private static GameDetails Details(GameResponse row) => new()
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
    };
}
