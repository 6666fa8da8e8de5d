using System.Data;
using FluentMigrator;
using GameImages.Infrastructure.Database;
using Npgsql;
using static GameImages.Infrastructure.Schema.StepEffect;

namespace GameImages.Infrastructure.Schema;

/// <summary>Moves the images to their own table, which stores each image once and counts its references.</summary>
[Migration(2, "MigrateImagesToSeparateTable")]
internal sealed class V0002_MigrateImagesToSeparateTable : SchemaMigration
{
    /// <summary>
    /// A setting of the session that lists the images without a usable type to leave out, as "game/slot,…", or is "on" for all of them.
    /// Another image without a usable type stops the migration.
    /// </summary>
    public const string SkipUnusable = "gameimages.skip_unusable";

    public override void Up()
    {
        // The lock protects the images of all games. Without it, an image that is written after the copy would be lost with its column. It
        // is held until the migration commits. Another program waits and then sees the new schema.
        Execute.Sql("LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE;");
        Execute.Sql(RefuseUnusableTypes);
        CreateImages();

        Alter.Table("game_sessions")
            .AddColumn("thumbnail_id").AsGuid().Nullable()
            .AddColumn("banner_image_id").AsGuid().Nullable();
        Execute.Sql(LegacyImageSize.CreateFunction);
        Execute.Sql(ImageMove.Up);
        Execute.Sql(LegacyImageSize.DropFunction);
        Delete.Column("thumbnail_data").Column("thumbnail_mime_type").Column("image_data").Column("image_mime_type")
            .FromTable("game_sessions");

        // The indexes serve the deletion of an image, which searches for games that refer to it.
        foreach (var column in new[] { "thumbnail_id", "banner_image_id" })
        {
            Create.ForeignKey($"game_sessions_{column}_fkey").FromTable("game_sessions").ForeignColumn(column)
                .ToTable("game_images").PrimaryColumn("id").OnDelete(Rule.SetNull);
            Create.Index($"game_sessions_{column}_idx").OnTable("game_sessions").OnColumn(column).Ascending();
        }
    }

    public override void Down()
    {
        Execute.Sql("LOCK TABLE game_sessions, game_images IN ACCESS EXCLUSIVE MODE;");
        Alter.Table("game_sessions")
            .AddColumn("thumbnail_data").AsBinary().Nullable()
            .AddColumn("thumbnail_mime_type").AsString().Nullable()
            .AddColumn("image_data").AsBinary().Nullable()
            .AddColumn("image_mime_type").AsString().Nullable();
        Execute.Sql(ImageMove.Down);
        Delete.Column("thumbnail_id").Column("banner_image_id").FromTable("game_sessions");
        Delete.Table("game_images");
    }

    public override async Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (images, games, bytes) = version == 0 ? default : await connection.QuerySingleAsync<(long, long, long)>(new(
            $"""
            SELECT count(*), count(DISTINCT game_id), coalesce(sum(octet_length(data)), 0)::bigint
            FROM {LegacyImages.All} AS image WHERE {LegacyImages.IsUsable}
            """,
            cancellationToken: ct));

        return new(
            $"moves {Count(images, "image")} of {Count(games, "game")} into their own table, which stores each image once", images, bytes);
    }

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (images, bytes, games, unreferenced) = await connection.QuerySingleAsync<(long, long, long, long)>(new(
            """
            SELECT count(*), coalesce(sum(byte_length), 0)::bigint,
                (SELECT count(*) FROM game_sessions WHERE thumbnail_id IS NOT NULL OR banner_image_id IS NOT NULL),
                count(*) FILTER (WHERE reference.id IS NULL)
            FROM game_images AS image
                LEFT JOIN (SELECT thumbnail_id AS id FROM game_sessions UNION SELECT banner_image_id FROM game_sessions) AS reference
                    ON reference.id = image.id
            """,
            cancellationToken: ct));
        var dropped = unreferenced == 0 ? "" : $" and drops {Count(unreferenced, "image")} that no game shows";

        return new(
            $"moves {Count(images - unreferenced, "image")} back into {Count(games, "game")}{dropped}; "
            + "images get new ids and URLs when they are moved up again",
            images, bytes, LosesData: images > 0);
    }

    private const string RefuseUnusableTypes =
        $"""
        DO $refuse$
        DECLARE
            unusable text;
        BEGIN
            SELECT string_agg(format('%s (%s: %s)', game_id, slot, coalesce(mime_type, 'no type')), ', ' ORDER BY game_id) INTO unusable
            FROM (
                SELECT * FROM {LegacyImages.All} AS image
                WHERE ({LegacyImages.IsUsable}) IS NOT TRUE
                  AND current_setting('{SkipUnusable}', true) IS DISTINCT FROM 'on'
                  AND format('%s/%s', game_id, slot) <> ALL (string_to_array(coalesce(current_setting('{SkipUnusable}', true), ''), ','))
                ORDER BY game_id
                LIMIT 20) AS first_ones;

            IF unusable IS NOT NULL THEN
                RAISE EXCEPTION 'Images of these games have none of the types image/png, image/jpeg, image/gif, image/webp: %', unusable
                    USING ERRCODE = 'data_exception', HINT = 'Correct their types or remove these images, and migrate again. '
                        || 'The setting {SkipUnusable} = on leaves them out.';
            END IF;
        END
        $refuse$;
        """;

    private void CreateImages()
    {
        Create.Table("game_images")
            .WithColumn("id").AsGuid().PrimaryKey("game_images_pkey").WithDefaultValue(RawSql.Insert("gen_random_uuid()"))
            .WithColumn("content_hash").AsBinary()
            .WithColumn("mime_type").AsString()
            .WithColumn("image_data").AsBinary()
            .WithColumn("byte_length").AsInt32()
            .WithColumn("width").AsInt32().Nullable()
            .WithColumn("height").AsInt32().Nullable()
            .WithColumn("reference_count").AsInt32().WithDefaultValue(0)
            .WithColumn("created_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("updated_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime);
        Create.UniqueConstraint("game_images_content_hash_mime_type_key").OnTable("game_images").Columns("content_hash", "mime_type");

        // The bytes are compressed already. With uncompressed storage, substring() reads only the requested part.
        Execute.Sql(
            """
            ALTER TABLE game_images
                ALTER COLUMN image_data SET STORAGE EXTERNAL,
                ADD CHECK (octet_length(content_hash) = 32),
                ADD CHECK (mime_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
                ADD CHECK (width > 0),
                ADD CHECK (height > 0),
                ADD CHECK (reference_count >= 0),
                ADD CHECK (byte_length = octet_length(image_data));
            COMMENT ON COLUMN game_images.width IS 'In pixels; null for a picture of version 1 whose header states no size.';
            """);
    }
}
