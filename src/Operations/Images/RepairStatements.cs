namespace GameImages.Operations.Images;

/// <summary>The statements that repair a row, and the queries for the SQL that undoes them.</summary>
internal static class RepairStatements
{
    /// <summary>Sets the columns of an image to the values that its bytes and its references give.</summary>
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

    /// <summary>
    /// Deletes an image. ON DELETE SET NULL then looks for games that refer to it. The planner may believe that there are still many of
    /// them, and read the whole table, so sequential scans are switched off.
    /// </summary>
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

    /// <summary>Sets the references of a game.</summary>
    public const string ClearReferences =
        "UPDATE game_sessions SET thumbnail_id = @Thumbnail, banner_image_id = @Banner, updated_at = @At WHERE id = @Id";

    /// <summary>
    /// Selects the SQL that undoes <see cref="ClearReferences"/>. Foreign keys would reject references to missing images, so the SQL
    /// switches them off.
    /// </summary>
    public const string UndoClearReferences =
        """
        SELECT format(
            'BEGIN; SET LOCAL session_replication_role = replica; '
            'UPDATE game_sessions SET (thumbnail_id, banner_image_id, updated_at) = (%L, %L, %L) WHERE id = %L AND updated_at = %L; '
            'COMMIT;',
            thumbnail_id, banner_image_id, updated_at, id, @At)
        FROM game_sessions WHERE id = @Id
        """;

    /// <summary>Selects the SQL that undoes the deletion of an upload. The image is missing, so it switches foreign keys off.</summary>
    public const string UndoDeleteUpload =
        """
        SELECT format(
            'BEGIN; SET LOCAL session_replication_role = replica; '
            'INSERT INTO image_uploads (id, image_id, user_id, guild_id, is_used, created_at, used_at, expires_at)'
            ' VALUES (%L, %L, %L, %L, %L, %L, %L, %L) ON CONFLICT DO NOTHING; COMMIT;',
            id, image_id, user_id, guild_id, is_used, created_at, used_at, expires_at)
        FROM image_uploads WHERE id = @id
        """;

    /// <summary>Sets the counts of an image in a guild.</summary>
    public const string SetGuildImage =
        """
        INSERT INTO guild_images (image_id, guild_id, byte_length, games, uploads)
            SELECT @ImageId, @GuildId, @Bytes, @Games, @Uploads WHERE @Games + @Uploads > 0
            ON CONFLICT (image_id, guild_id) DO UPDATE
                SET byte_length = excluded.byte_length, games = excluded.games, uploads = excluded.uploads;
        DELETE FROM guild_images WHERE image_id = @ImageId AND guild_id = @GuildId AND @Games + @Uploads = 0;
        """;

    /// <summary>Selects the SQL that undoes <see cref="SetGuildImage"/>, unless the counts have changed since.</summary>
    // If the guild no longer has the image, its row no longer exists, and the SQL must not insert it again. The repair keeps used_at, and
    // gives a new row the time of its transaction.
    public const string UndoSetGuildImage =
        """
        SELECT coalesce(
            (SELECT CASE WHEN @Games + @Uploads > 0
                THEN format(
                    'BEGIN; UPDATE guild_images SET (byte_length, games, uploads) = (%L, %L, %L) WHERE image_id = %L AND guild_id = %L'
                    ' AND (byte_length, games, uploads, used_at) = (%L, %L, %L, %L); COMMIT;',
                    byte_length, games, uploads, image_id, guild_id, @Bytes, @Games, @Uploads, used_at)
                ELSE format(
                    'BEGIN; INSERT INTO guild_images (image_id, guild_id, byte_length, games, uploads, used_at)'
                    ' VALUES (%L, %L, %L, %L, %L, %L) ON CONFLICT DO NOTHING; COMMIT;',
                    image_id, guild_id, byte_length, games, uploads, used_at) END
            FROM guild_images WHERE image_id = @ImageId AND guild_id = @GuildId),
            format(
                'BEGIN; DELETE FROM guild_images WHERE image_id = %L AND guild_id = %L'
                ' AND (byte_length, games, uploads, used_at) = (%L, %L, %L, %L); COMMIT;',
                @ImageId, @GuildId, @Bytes, @Games, @Uploads, now()))
        """;

    /// <summary>Sets what a guild uses.</summary>
    public const string SetGuildUse =
        "UPDATE guild_usage SET games = @Games, images = @Images, bytes = @Bytes WHERE guild_id = @GuildId";

    /// <summary>Selects the SQL that undoes <see cref="SetGuildUse"/>, unless the counts have changed since.</summary>
    public const string UndoSetGuildUse =
        """
        SELECT format(
            'BEGIN; UPDATE guild_usage SET (games, images, bytes) = (%L, %L, %L)'
            ' WHERE guild_id = %L AND (games, images, bytes) = (%L, %L, %L); COMMIT;',
            games, images, bytes, guild_id, @Games, @Images, @Bytes)
        FROM guild_usage WHERE guild_id = @GuildId
        """;
}
