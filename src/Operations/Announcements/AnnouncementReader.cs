using GameImages.Application;
using GameImages.Domain.Images;
using GameImages.Infrastructure.Database;

namespace GameImages.Operations.Announcements;

/// <summary>The message of a game, and the images that it should show.</summary>
/// <param name="ChannelId">The channel of the message; null if there is no message.</param>
/// <param name="MessageId">Null if there is no message.</param>
/// <param name="ImageFailures">How many times in a row Discord returned the message without the images.</param>
/// <param name="IsLeftAlone">The message was deleted on Discord, and the bot does not post it again.</param>
/// <param name="GameChannelId">The channel that the game names.</param>
/// <param name="GuildOfGameChannel">The guild of that channel; null until the bot has asked Discord.</param>
/// <param name="Waiting">The changes that are not announced yet; null if there are none.</param>
internal sealed record AnnouncementDetails(
    Guid GameId,
    string GuildId,
    string GameChannelId,
    string? GuildOfGameChannel,
    string? ChannelId,
    string? MessageId,
    int ImageFailures,
    bool IsLeftAlone,
    OutboxGame? Waiting,
    IReadOnlyList<AnnouncedImage> Images);

/// <param name="Place">"thumbnail" or "banner".</param>
internal sealed record AnnouncedImage(
    string Place,
    Guid Id,
    ImageFormat Format,
    ContentHash Hash,
    int ByteLength,
    DateTime? QuarantinedAt);

/// <summary>Reads the announcement of one game.</summary>
internal sealed class AnnouncementReader(OperatorDatabase database)
{
    /// <exception cref="NotFoundException">There is no such game.</exception>
    /// <exception cref="RefusedException">Row-level security hides games from the role.</exception>
    public async Task<AnnouncementDetails> GetAsync(Guid gameId, CancellationToken ct)
    {
        var (games, _) = await new OperatorOutbox(database).ListAsync(gameId, parked: false, limit: 1, ct);

        await using var connection = await database.OpenUnfilteredAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            """
            SELECT game.guild_id::text, game.channel_id::text AS game_channel_id, guild_channels.guild_id::text AS guild_of_game_channel,
                announcements.channel_id::text, message_id::text, coalesce(image_failures, 0) AS image_failures,
                coalesce(is_left_alone, false) AS is_left_alone
            FROM game_sessions AS game
                LEFT JOIN announcements ON game_id = game.id
                LEFT JOIN guild_channels ON guild_channels.channel_id = game.channel_id
            WHERE game.id = @gameId
            """,
            new { gameId },
            cancellationToken: ct)) ?? throw new NotFoundException($"There is no game {gameId}.");
        var images = await connection.QueryAsync<AnnouncedImage>(new(
            """
            SELECT place, image.id, mime_type AS format, content_hash AS hash, byte_length, quarantined_at
            FROM game_sessions AS game
                CROSS JOIN LATERAL (VALUES (1, 'thumbnail', thumbnail_id), (2, 'banner', banner_image_id))
                    AS shown (position, place, image_id)
                JOIN game_images AS image ON image.id = image_id
            WHERE game.id = @gameId
            ORDER BY position
            """,
            new { gameId },
            cancellationToken: ct));

        return new(
            gameId, row.GuildId, row.GameChannelId, row.GuildOfGameChannel, row.ChannelId, row.MessageId,
            row.ImageFailures, row.IsLeftAlone, games.SingleOrDefault(), images);
    }

    private sealed record Row(
        string GuildId,
        string GameChannelId,
        string? GuildOfGameChannel,
        string? ChannelId,
        string? MessageId,
        int ImageFailures,
        bool IsLeftAlone);
}
