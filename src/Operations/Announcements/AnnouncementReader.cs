using GameImages.Application;
using GameImages.Domain.Images;

namespace GameImages.Operations.Announcements;

/// <summary>What is known of a game's message, and what it ought to show.</summary>
/// <param name="MessageId">Null when there is no message; the channel likewise.</param>
/// <param name="PictureFailures">How often in a row the message came back without the pictures.</param>
/// <param name="IsLeftAlone">Somebody deleted the message, and it is not to be posted anew.</param>
/// <param name="GameChannelId">The channel that the game names.</param>
/// <param name="GuildOfGameChannel">The guild of that channel, according to Discord; null until the bot has asked.</param>
/// <param name="Waiting">Its changes that are not announced; null when there are none.</param>
internal sealed record AnnouncementDetails(
    Guid GameId,
    string GuildId,
    string GameChannelId,
    string? GuildOfGameChannel,
    string? ChannelId,
    string? MessageId,
    int PictureFailures,
    bool IsLeftAlone,
    OutboxGame? Waiting,
    IReadOnlyList<AnnouncedImage> Pictures);

/// <param name="Place">"thumbnail" or "banner".</param>
internal sealed record AnnouncedImage(
    string Place,
    Guid Id,
    ImageFormat Format,
    ContentHash Hash,
    int ByteLength,
    DateTime? QuarantinedAt);

/// <summary>Looks the announcement of one game up.</summary>
internal sealed class AnnouncementReader(OperatorDatabase database)
{
    /// <exception cref="NotFoundException">There is no such game.</exception>
    /// <exception cref="RefusedException">Row security would hide some games.</exception>
    public async Task<AnnouncementDetails> GetAsync(Guid gameId, CancellationToken ct)
    {
        var (games, _) = await new OperatorOutbox(database).ListAsync(gameId, parked: false, limit: 1, ct);

        await using var connection = await database.OpenUnfilteredAsync(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(
            """
            SELECT game.guild_id::text, game.channel_id::text AS game_channel_id, guild_channels.guild_id::text AS guild_of_game_channel,
                announcements.channel_id::text, message_id::text, coalesce(picture_failures, 0) AS picture_failures,
                coalesce(is_left_alone, false) AS is_left_alone
            FROM game_sessions AS game
                LEFT JOIN announcements ON game_id = game.id
                LEFT JOIN guild_channels ON guild_channels.channel_id = game.channel_id
            WHERE game.id = @gameId
            """,
            new { gameId }, cancellationToken: ct)) ?? throw new NotFoundException($"There is no game {gameId}.");
        var pictures = await connection.QueryAsync<AnnouncedImage>(new(
            """
            SELECT place, image.id, mime_type AS format, content_hash AS hash, byte_length, quarantined_at
            FROM game_sessions AS game
                CROSS JOIN LATERAL (VALUES (1, 'thumbnail', thumbnail_id), (2, 'banner', banner_image_id)) AS shown (position, place, image_id)
                JOIN game_images AS image ON image.id = image_id
            WHERE game.id = @gameId
            ORDER BY position
            """,
            new { gameId }, cancellationToken: ct));

        return new(
            gameId, row.GuildId, row.GameChannelId, row.GuildOfGameChannel, row.ChannelId, row.MessageId,
            row.PictureFailures, row.IsLeftAlone, games.SingleOrDefault(), pictures);
    }

    private sealed record Row(
        string GuildId,
        string GameChannelId,
        string? GuildOfGameChannel,
        string? ChannelId,
        string? MessageId,
        int PictureFailures,
        bool IsLeftAlone);
}
