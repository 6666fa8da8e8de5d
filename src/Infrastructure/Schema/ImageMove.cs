namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Moves the images between their games and game_images, in SQL that holds one of them in memory at a time and reports its progress.
/// </summary>
internal static class ImageMove
{
    /// <summary>The same bytes under the same type become one row, which counts every place that showed them.</summary>
    public const string Up =
        $"""
        CREATE TEMPORARY TABLE legacy_picture (game_id uuid, slot text, content_hash bytea, mime_type text) ON COMMIT DROP;

        DO $move$
        DECLARE
            pictures bigint := 0;
            bytes bigint := 0;
            total_pictures bigint;
            total_bytes bigint;
            told_at timestamptz := clock_timestamp();
            picture record;
            content bytea;
            hash bytea;
            pixels integer[];
        BEGIN
            SELECT count(*), coalesce(sum(octet_length(data)), 0) INTO total_pictures, total_bytes
            FROM {LegacyPictures.All} AS legacy WHERE {LegacyPictures.IsUsable};

            FOR picture IN SELECT * FROM {LegacyPictures.All} AS legacy WHERE {LegacyPictures.IsUsable} LOOP
                -- The concatenation makes a plain copy: every use of the stored value would fetch it anew.
                content := picture.data || ''::bytea;
                hash := sha256(content);
                pixels := pg_temp.image_size(content);
                INSERT INTO legacy_picture VALUES (picture.game_id, picture.slot, hash, picture.mime_type);

                -- A conflict is found by the unique index, even while the planner has no statistics that would make it look there.
                INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height)
                VALUES (hash, picture.mime_type, content, octet_length(content), pixels[1], pixels[2])
                ON CONFLICT DO NOTHING;

                pictures := pictures + 1;
                bytes := bytes + octet_length(content);
                {MoveProgress.TellNowAndThen}
            END LOOP;

            {MoveProgress.Tell}
        END
        $move$;

        UPDATE game_images AS image SET reference_count = counted.places
        FROM (SELECT content_hash, mime_type, count(*) AS places FROM legacy_picture GROUP BY content_hash, mime_type) AS counted
        WHERE image.content_hash = counted.content_hash AND image.mime_type = counted.mime_type;

        UPDATE game_sessions AS game
        SET thumbnail_id = picture.thumbnail_id, banner_image_id = picture.banner_image_id
        FROM (
            SELECT game_id,
                (array_agg(image.id) FILTER (WHERE slot = 'thumbnail'))[1] AS thumbnail_id,
                (array_agg(image.id) FILTER (WHERE slot = 'banner'))[1] AS banner_image_id
            FROM legacy_picture JOIN game_images AS image USING (content_hash, mime_type)
            GROUP BY game_id) AS picture
        WHERE game.id = picture.game_id;
        """;

    /// <summary>Every place gets its bytes back.</summary>
    public const string Down =
        $"""
        -- The bytes are compressed already; trying it again would take most of the time.
        ALTER TABLE game_sessions ALTER COLUMN thumbnail_data SET STORAGE EXTERNAL, ALTER COLUMN image_data SET STORAGE EXTERNAL;

        DO $move$
        DECLARE
            pictures bigint := 0;
            bytes bigint := 0;
            total_pictures bigint;
            total_bytes bigint;
            told_at timestamptz := clock_timestamp();
            game record;
        BEGIN
            SELECT count(*), coalesce(sum(byte_length), 0) INTO total_pictures, total_bytes
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

                pictures := pictures + num_nonnulls(game.thumbnail_data, game.image_data);
                bytes := bytes + coalesce(octet_length(game.thumbnail_data), 0) + coalesce(octet_length(game.image_data), 0);
                {MoveProgress.TellNowAndThen}
            END LOOP;

            {MoveProgress.Tell}
        END
        $move$;

        ALTER TABLE game_sessions
            ALTER COLUMN thumbnail_data SET STORAGE EXTENDED,
            ALTER COLUMN image_data SET STORAGE EXTENDED;
        """;
}
