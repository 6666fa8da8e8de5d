namespace GameImages.Infrastructure.Schema;

/// <summary>The pictures that the games of version 1 hold themselves, as SQL to select from.</summary>
internal static class LegacyPictures
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
        FROM {All} AS picture
        WHERE ({IsUsable}) IS NOT TRUE
        ORDER BY game_id, slot DESC
        """;
}

/// <summary>A picture of version 1 whose type is none of the four, so that it cannot be moved.</summary>
/// <param name="Slot">Either thumbnail or banner.</param>
public sealed record UnusablePicture(Guid GameId, string Slot, string? MimeType, long Bytes);
