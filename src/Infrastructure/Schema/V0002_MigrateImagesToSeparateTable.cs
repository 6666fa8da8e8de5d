using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using static GameImages.Infrastructure.Schema.StepEffect;

namespace GameImages.Infrastructure.Schema;

/// <summary>Pictures get a table of their own, each one once and counted; game rows refer to them.</summary>
[DbContext(typeof(SchemaContext))]
[Migration("20260207000200_MigrateImagesToSeparateTable")]
internal sealed class V0002_MigrateImagesToSeparateTable : Migration, IDescribedMigration
{
    /// <summary>A setting of the session: "on" leaves out the pictures without a usable type, which stop the move otherwise.</summary>
    public const string SkipUnusable = "gameimages.skip_unusable";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // No row may appear or change between being read and losing its columns.
        migrationBuilder.Sql("LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE;");
        migrationBuilder.Sql(RefuseUnusableTypes);
        migrationBuilder.Sql(CreateImages);
        migrationBuilder.Sql(LegacyImageSize.CreateFunction);
        migrationBuilder.Sql(ImageMove.Up);
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
        migrationBuilder.Sql(ImageMove.Down);
    }

    public async Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (pictures, games, bytes) = version == 0 ? default : await connection.QuerySingleAsync<(long, long, long)>(new(
            $"SELECT count(*), count(DISTINCT game_id), coalesce(sum(octet_length(data)), 0)::bigint FROM {LegacyPictures.All} AS picture WHERE {LegacyPictures.IsUsable}",
            cancellationToken: ct));

        return new($"moves {Count(pictures, "picture")} of {Count(games, "game")} into a table of their own, each once", pictures, bytes);
    }

    public async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (pictures, bytes, games, unreferenced) = await connection.QuerySingleAsync<(long, long, long, long)>(new(
            """
            SELECT count(*), coalesce(sum(byte_length), 0)::bigint,
                (SELECT count(*) FROM game_sessions WHERE thumbnail_id IS NOT NULL OR banner_image_id IS NOT NULL),
                count(*) FILTER (WHERE reference.id IS NULL)
            FROM game_images AS image
                LEFT JOIN (SELECT thumbnail_id AS id FROM game_sessions UNION SELECT banner_image_id FROM game_sessions) AS reference ON reference.id = image.id
            """,
            cancellationToken: ct));
        var dropped = unreferenced == 0 ? "" : $" and drops {Count(unreferenced, "picture")} that no game shows";

        return new(
            $"moves {Count(pictures - unreferenced, "picture")} back into {Count(games, "game")}{dropped}; pictures get new ids (URLs) when moved up again",
            pictures, bytes, LosesData: pictures > 0);
    }

    private const string RefuseUnusableTypes =
        $"""
        DO $refuse$
        DECLARE
            unusable text;
        BEGIN
            SELECT string_agg(format('%s (%s: %s)', game_id, slot, coalesce(mime_type, 'no type')), ', ' ORDER BY game_id) INTO unusable
            FROM (
                SELECT * FROM {LegacyPictures.All} AS picture
                WHERE ({LegacyPictures.IsUsable}) IS NOT TRUE
                  AND current_setting('{SkipUnusable}', true) IS DISTINCT FROM 'on'
                  AND format('%s/%s', game_id, slot) <> ALL (string_to_array(coalesce(current_setting('{SkipUnusable}', true), ''), ','))
                ORDER BY game_id
                LIMIT 20) AS first_ones;

            IF unusable IS NOT NULL THEN
                RAISE EXCEPTION 'Pictures of these games have none of the types image/png, image/jpeg, image/gif, image/webp: %', unusable
                    USING ERRCODE = 'data_exception', HINT = 'Correct their types or remove these pictures, and migrate again; or leave them out with gameimages up --skip-unusable.';
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
}
