using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GameImages.Infrastructure.Schema;

/// <summary>Pictures get a table of their own, each one once and counted; game rows refer to them.</summary>
[DbContext(typeof(SchemaContext))]
[Migration("20260207000200_MigrateImagesToSeparateTable")]
internal sealed class V0002_MigrateImagesToSeparateTable : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // No row may appear or change between being read and losing its columns.
        migrationBuilder.Sql("LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE;");
        migrationBuilder.Sql(RefuseUnusableTypes);
        migrationBuilder.Sql(CreateImages);
        migrationBuilder.Sql(LegacyImageSize.CreateFunction);
        migrationBuilder.Sql(MoveImages);
        migrationBuilder.Sql(LegacyImageSize.DropFunction);
        migrationBuilder.Sql(
            """
            ALTER TABLE game_sessions
                DROP COLUMN thumbnail_data,
                DROP COLUMN thumbnail_mime_type,
                DROP COLUMN image_data,
                DROP COLUMN image_mime_type,
                ADD FOREIGN KEY (thumbnail_id) REFERENCES game_images ON DELETE SET NULL,
                ADD FOREIGN KEY (banner_image_id) REFERENCES game_images ON DELETE SET NULL;

            -- Deleting an image looks for the games that refer to it.
            CREATE INDEX game_sessions_thumbnail_id_idx ON game_sessions (thumbnail_id);
            CREATE INDEX game_sessions_banner_image_id_idx ON game_sessions (banner_image_id);
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("LOCK TABLE game_sessions, game_images IN ACCESS EXCLUSIVE MODE;");
        migrationBuilder.Sql(
            """
            ALTER TABLE game_sessions
                ADD COLUMN thumbnail_data bytea,
                ADD COLUMN thumbnail_mime_type text,
                ADD COLUMN image_data bytea,
                ADD COLUMN image_mime_type text;

            UPDATE game_sessions AS game
            SET thumbnail_data = thumbnail.image_data,
                thumbnail_mime_type = thumbnail.mime_type,
                image_data = banner.image_data,
                image_mime_type = banner.mime_type
            FROM game_sessions AS reference
                LEFT JOIN game_images AS thumbnail ON thumbnail.id = reference.thumbnail_id
                LEFT JOIN game_images AS banner ON banner.id = reference.banner_image_id
            WHERE game.id = reference.id
              AND (thumbnail.id IS NOT NULL OR banner.id IS NOT NULL);

            ALTER TABLE game_sessions DROP COLUMN thumbnail_id, DROP COLUMN banner_image_id;
            DROP TABLE game_images;
            """);
    }

    private const string RefuseUnusableTypes =
        """
        DO $refuse$
        DECLARE
            unusable text;
        BEGIN
            SELECT string_agg(format('%s (%s: %s)', id, slot, coalesce(mime_type, 'no type')), ', ' ORDER BY id) INTO unusable
            FROM (
                SELECT game.id, picture.slot, picture.mime_type
                FROM game_sessions AS game
                    CROSS JOIN LATERAL (VALUES
                        ('thumbnail', thumbnail_data IS NOT NULL, thumbnail_mime_type),
                        ('banner', image_data IS NOT NULL, image_mime_type)) AS picture (slot, is_there, mime_type)
                WHERE is_there AND (mime_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')) IS NOT TRUE
                ORDER BY game.id
                LIMIT 20) AS first_ones;

            IF unusable IS NOT NULL THEN
                RAISE EXCEPTION 'Pictures of these games have none of the types image/png, image/jpeg, image/gif, image/webp: %', unusable
                    USING ERRCODE = 'data_exception', HINT = 'Correct their types, or remove these pictures, and migrate again.';
            END IF;
        END
        $refuse$;
        """;

    private const string CreateImages =
        """
        CREATE TABLE game_images (
            id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
            mime_type text NOT NULL CHECK (mime_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
            image_data bytea NOT NULL,
            byte_length integer NOT NULL,
            width integer CHECK (width > 0),
            height integer CHECK (height > 0),
            reference_count integer NOT NULL DEFAULT 0 CHECK (reference_count >= 0),
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            UNIQUE (content_hash, mime_type),
            CHECK (byte_length = octet_length(image_data))
        );

        -- The bytes are compressed already; uncompressed storage lets substring() read only the part asked for.
        ALTER TABLE game_images ALTER COLUMN image_data SET STORAGE EXTERNAL;
        COMMENT ON COLUMN game_images.width IS 'In pixels; null for a picture of version 1 whose header states no size.';
        """;

    // The same bytes under the same type become one row, which counts every place that they were in.
    private const string MoveImages =
        """
        CREATE TEMPORARY TABLE legacy_picture ON COMMIT DROP AS
        SELECT id AS game_id, 'thumbnail' AS slot, sha256(thumbnail_data) AS content_hash, thumbnail_mime_type AS mime_type
        FROM game_sessions WHERE thumbnail_data IS NOT NULL
        UNION ALL
        SELECT id, 'banner', sha256(image_data), image_mime_type
        FROM game_sessions WHERE image_data IS NOT NULL;

        INSERT INTO game_images (content_hash, mime_type, image_data, byte_length, width, height, reference_count)
        SELECT picture.content_hash, picture.mime_type, bytes.data, octet_length(bytes.data), size.pixels[1], size.pixels[2], picture.reference_count
        FROM (
            SELECT DISTINCT ON (content_hash, mime_type) *, count(*) OVER (PARTITION BY content_hash, mime_type) AS reference_count
            FROM legacy_picture) AS picture
            JOIN game_sessions AS game ON game.id = picture.game_id
            CROSS JOIN LATERAL (SELECT CASE picture.slot WHEN 'thumbnail' THEN game.thumbnail_data ELSE game.image_data END AS data) AS bytes
            CROSS JOIN LATERAL (SELECT pg_temp.image_size(bytes.data) AS pixels) AS size;

        ALTER TABLE game_sessions ADD COLUMN thumbnail_id uuid, ADD COLUMN banner_image_id uuid;

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
}
