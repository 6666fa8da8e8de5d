namespace GameImages.Infrastructure.Schema;

/// <summary>SQL that selects the images that the games of schema version 1 contain.</summary>
internal static class LegacyImages
{
    public const string All =
        """
        (SELECT id AS game_id, slot, mime_type, data
        FROM game_sessions CROSS JOIN LATERAL (VALUES
            ('thumbnail', thumbnail_mime_type, thumbnail_data),
            ('banner', image_mime_type, image_data)) AS place (slot, mime_type, data)
        WHERE data IS NOT NULL)
        """;

    public const string IsUsable = "mime_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')";

    public const string SelectUnusable =
        $"""
        SELECT game_id AS "GameId", slot AS "Slot", mime_type AS "MimeType", octet_length(data)::bigint AS "Bytes"
        FROM {All} AS image
        WHERE ({IsUsable}) IS NOT TRUE
        ORDER BY game_id, slot DESC
        """;
}

/// <summary>An image of schema version 1 that cannot be moved, because its MIME type is not one of the four.</summary>
/// <param name="Slot">Either thumbnail or banner.</param>
public sealed record UnusableImage(Guid GameId, string Slot, string? MimeType, long Bytes);
