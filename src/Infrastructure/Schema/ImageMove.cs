namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Moves the images between their games and game_images, in SQL that holds one of them in memory at a time and reports its progress.
/// </summary>
internal static class ImageMove
{
    /// <summary>
    /// The same bytes under the same type become one row. Its count is the number of thumbnails and banners that showed them.
    /// </summary>
    public const string Up =
        $"""
        CREATE TEMPORARY TABLE legacy_image (game_id uuid, slot text, content_hash bytea, mime_type text) ON COMMIT DROP;

        DO $move$
        DECLARE
            images bigint := 0;
            bytes bigint := 0;
            total_images bigint;
            total_bytes bigint;
            reported_at timestamptz := clock_timestamp();
            image record;
            content bytea;
            hash bytea;
            pixels integer[];
        BEGIN
            SELECT count(*), coalesce(sum(octet_length(data)), 0) INTO total_images, total_bytes
            FROM {LegacyImages.All} AS legacy WHERE {LegacyImages.IsUsable};

            FOR image IN SELECT * FROM {LegacyImages.All} AS legacy WHERE {LegacyImages.IsUsable} LOOP
                -- The concatenation makes a plain copy. Each use of the stored value would fetch it again.
                content := image.data || ''::bytea;
                hash := sha256(content);
                pixels := pg_temp.image_size(content);
                INSERT INTO legacy_image VALUES (image.game_id, image.slot, hash, image.mime_type);

                -- PostgreSQL finds a conflict by the unique index, even before the planner has statistics.
                INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height)
                VALUES (hash, image.mime_type, content, octet_length(content), pixels[1], pixels[2])
                ON CONFLICT DO NOTHING;

                images := images + 1;
                bytes := bytes + octet_length(content);
                {MoveProgress.ReportPeriodically}
            END LOOP;

            {MoveProgress.Report}
        END
        $move$;

        UPDATE game_images AS image SET reference_count = counted.places
        FROM (SELECT content_hash, mime_type, count(*) AS places FROM legacy_image GROUP BY content_hash, mime_type) AS counted
        WHERE image.content_hash = counted.content_hash AND image.mime_type = counted.mime_type;

        UPDATE game_sessions AS game
        SET thumbnail_id = moved.thumbnail_id, banner_image_id = moved.banner_image_id
        FROM (
            SELECT game_id,
                (array_agg(image.id) FILTER (WHERE slot = 'thumbnail'))[1] AS thumbnail_id,
                (array_agg(image.id) FILTER (WHERE slot = 'banner'))[1] AS banner_image_id
            FROM legacy_image JOIN game_images AS image USING (content_hash, mime_type)
            GROUP BY game_id) AS moved
        WHERE game.id = moved.game_id;
        """;

    /// <summary>Copies the bytes back into each game that shows them.</summary>
    public const string Down =
        $"""
        -- The bytes are compressed already. Compressing them again would take most of the time.
        ALTER TABLE game_sessions ALTER COLUMN thumbnail_data SET STORAGE EXTERNAL, ALTER COLUMN image_data SET STORAGE EXTERNAL;

        DO $move$
        DECLARE
            images bigint := 0;
            bytes bigint := 0;
            total_images bigint;
            total_bytes bigint;
            reported_at timestamptz := clock_timestamp();
            game record;
        BEGIN
            SELECT count(*), coalesce(sum(byte_length), 0) INTO total_images, total_bytes
            FROM (SELECT thumbnail_id AS id FROM game_sessions UNION ALL SELECT banner_image_id FROM game_sessions) AS reference
                JOIN game_images USING (id);

            FOR game IN
                SELECT session.id, thumbnail.image_data AS thumbnail_data, thumbnail.mime_type AS thumbnail_mime_type,
                    banner.image_data, banner.mime_type AS image_mime_type
                FROM game_sessions AS session
                    LEFT JOIN game_images AS thumbnail ON thumbnail.id = thumbnail_id
                    LEFT JOIN game_images AS banner ON banner.id = banner_image_id
                WHERE thumbnail.id IS NOT NULL OR banner.id IS NOT NULL
            LOOP
                UPDATE game_sessions
                SET thumbnail_data = game.thumbnail_data,
                    thumbnail_mime_type = game.thumbnail_mime_type,
                    image_data = game.image_data,
                    image_mime_type = game.image_mime_type
                WHERE id = game.id;

                images := images + num_nonnulls(game.thumbnail_data, game.image_data);
                bytes := bytes + coalesce(octet_length(game.thumbnail_data), 0) + coalesce(octet_length(game.image_data), 0);
                {MoveProgress.ReportPeriodically}
            END LOOP;

            {MoveProgress.Report}
        END
        $move$;

        ALTER TABLE game_sessions
            ALTER COLUMN thumbnail_data SET STORAGE EXTENDED,
            ALTER COLUMN image_data SET STORAGE EXTENDED;
        """;
}
