namespace GameImages.Testing;

/// <summary>The games of a database of version 1, which hold their pictures themselves.</summary>
public sealed class LegacyGames(TestDatabase database)
{
    public Task InsertAsync(string title, byte[]? thumbnail, string? thumbnailType, byte[]? banner, string? bannerType) => database.ExecuteAsync(
        """
        INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_data, thumbnail_mime_type, image_data, image_mime_type)
        VALUES (42, 5, 7, @title, now(), @thumbnail, @thumbnailType, @banner, @bannerType)
        """,
        new { title, thumbnail, thumbnailType, banner, bannerType });

    /// <summary>Inserts games that take the pictures in turn, as banners; every third game has another as its thumbnail.</summary>
    public Task InsertAsync(int games, IReadOnlyList<(byte[] Bytes, string MimeType)> pictures) => database.ExecuteAsync(
        """
        WITH picture AS (
            SELECT number, bytes, mime_type FROM unnest(@bytes, @mimeTypes) WITH ORDINALITY AS given (bytes, mime_type, number))
        INSERT INTO game_sessions (guild_id, channel_id, host_id, title, scheduled_at, thumbnail_data, thumbnail_mime_type, image_data, image_mime_type)
        SELECT 42, 5, 7, 'game ' || game, now(), thumbnail.bytes, thumbnail.mime_type, banner.bytes, banner.mime_type
        FROM generate_series(1, @games) AS game
            JOIN picture AS banner ON banner.number = game % @pictures + 1
            LEFT JOIN picture AS thumbnail ON game % 3 = 0 AND thumbnail.number = game * 7 % @pictures + 1
        """,
        new { games, pictures = pictures.Count, bytes = pictures.Select(picture => picture.Bytes).ToArray(), mimeTypes = pictures.Select(picture => picture.MimeType).ToArray() });

    /// <returns>A line for each game, with the hashes of its pictures: equal lines mean equal games.</returns>
    public Task<List<string>> ReadAsync() => database.QueryAsync<string>(
        """
        SELECT concat_ws('|', id, title, updated_at, coalesce(encode(sha256(thumbnail_data), 'hex'), '-'), coalesce(thumbnail_mime_type, '-'),
            coalesce(encode(sha256(image_data), 'hex'), '-'), coalesce(image_mime_type, '-'))
        FROM game_sessions ORDER BY id
        """);
}
