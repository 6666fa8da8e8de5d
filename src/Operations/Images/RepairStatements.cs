namespace GameImages.Operations.Images;

/// <summary>The SQL that repairs a row, and the SQL that writes down how to undo that.</summary>
internal static class RepairStatements
{
    /// <summary>Sets a row to what its bytes and its references say.</summary>
    public const string Repair =
        """
        UPDATE game_images
        SET mime_type = @MimeType, byte_length = @ByteLength, width = @Width, height = @Height, reference_count = @References,
            quarantined_at = CASE WHEN @isDamaged THEN @At ELSE quarantined_at END, updated_at = @At
        WHERE id = @Id
        """;

    /// <summary>Selects the SQL that undoes <see cref="Repair"/>, unless the row has changed since.</summary>
    public const string UndoRepair =
        """
        SELECT format(
            'BEGIN; UPDATE game_images SET (mime_type, byte_length, width, height, reference_count, quarantined_at, updated_at)'
            ' = (%L, %L, %L, %L, %L, %L, %L) WHERE id = %L AND updated_at = %L; COMMIT;',
            mime_type, byte_length, width, height, reference_count, quarantined_at, updated_at, id, @At)
        FROM game_images WHERE id = @Id
        """;

    // By index: the planner's statistics may still count games that show the image no more.
    public const string Delete = "SET LOCAL enable_seqscan = off; DELETE FROM game_images WHERE id = @Id";

    /// <summary>Selects the SQL that undoes <see cref="Delete"/>.</summary>
    public const string UndoDelete =
        """
        SELECT format(
            'BEGIN; INSERT INTO game_images (id, content_hash, mime_type, image_data, byte_length, width, height, reference_count, '
            'created_at, updated_at, quarantined_at)'
            ' VALUES (%L, %L, %L, %L, %L, %L, %L, %L, %L, %L, %L) ON CONFLICT DO NOTHING; COMMIT;',
            id, content_hash, mime_type, image_data, byte_length, width, height, reference_count, created_at, updated_at, quarantined_at)
        FROM game_images WHERE id = @Id
        """;
}
