namespace GameImages.Testing;

/// <summary>The games of a database of schema version 1, whose rows contain the bytes of their images.</summary>
public sealed class LegacyGames(TestDatabase database)
{
    public Task InsertAsync(string title, byte[]? thumbnail, string? thumbnailType, byte[]? banner, string? bannerType) =>
        database.ExecuteAsync(
            """
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at,
                thumbnail_data, thumbnail_mime_type, image_data, image_mime_type)
            VALUES (42, 5, 7, @title, now(), @thumbnail, @thumbnailType, @banner, @bannerType)
            """,
            new { title, thumbnail, thumbnailType, banner, bannerType });

    /// <summary>
    /// Inserts games. The images become their banners, each for the same number of games. Every third game also has a thumbnail: the
    /// image before its banner.
    /// </summary>
    public Task InsertAsync(int games, IReadOnlyList<(byte[] Bytes, string MimeType)> images) =>
        database.ExecuteAsync(
            """
            WITH image AS (
                SELECT number, bytes, mime_type
                FROM unnest(@bytes, @mimeTypes) WITH ORDINALITY AS given (bytes, mime_type, number))
            INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at,
                thumbnail_data, thumbnail_mime_type, image_data, image_mime_type)
            SELECT 42, 5, 7, 'game ' || game, now(), thumbnail.bytes, thumbnail.mime_type, banner.bytes, banner.mime_type
            FROM generate_series(0, @games - 1) AS game
                JOIN image AS banner ON banner.number = 1 + game * @count / @games
                LEFT JOIN image AS thumbnail ON game % 3 = 0 AND thumbnail.number = greatest(1, banner.number - 1)
            ORDER BY game
            """,
            new
            {
                games,
                count = (long)images.Count,
                bytes = images.Select(image => image.Bytes).ToArray(),
                mimeTypes = images.Select(image => image.MimeType).ToArray(),
            });

    /// <returns>A line for each game, with the hashes of its images. Equal lines mean equal games.</returns>
    public Task<List<string>> ReadAsync() => ReadAsync("game_sessions");

    /// <returns>The same lines for the games of a later schema version.</returns>
    public Task<List<string>> ReadMovedAsync() => ReadAsync(
        """
        (SELECT game.id, title, game.updated_at, thumbnail.image_data AS thumbnail_data, thumbnail.mime_type AS thumbnail_mime_type,
            banner.image_data, banner.mime_type AS image_mime_type
        FROM game_sessions AS game
            LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id
            LEFT JOIN game_images AS banner ON banner.id = banner_image_id)
        """);

    private Task<List<string>> ReadAsync(string games) => database.QueryAsync<string>(
        $"""
        SELECT concat_ws('|', id, title, updated_at,
            coalesce(encode(sha256(thumbnail_data), 'hex'), '-'), coalesce(thumbnail_mime_type, '-'),
            coalesce(encode(sha256(image_data), 'hex'), '-'), coalesce(image_mime_type, '-'))
        FROM {games} AS game ORDER BY id
        """);
}
