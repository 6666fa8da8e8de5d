using FluentMigrator;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Stores smaller copies of images, how images look before they are loaded, and texts for people who do not see them.</summary>
[Migration(13, "Variants")]
internal sealed class V0013_Variants : SchemaMigration
{
    public override void Up()
    {
        LimitLockWaits();
        Execute.Sql(CreateRole);
        LockGamesAndImages("ACCESS EXCLUSIVE");
        Execute.Sql(AddAltTexts);
        Execute.Sql(MissingVariants.AddColumns);
        CreateVariants();
        Execute.Sql(MissingVariants.Create);
        Execute.Sql(LimitAccess);
        SetOldestCompatible(4);
    }

    // The role stays, because other databases on the server may use it.
    public override void Down()
    {
        LimitLockWaits();
        LockGamesAndImages("ACCESS EXCLUSIVE");
        SetOldestCompatible(4);
        Execute.Sql(RevokeAccess);
        Execute.Sql(MissingVariants.Drop);
        Delete.Table("image_variants");
        Execute.Sql(MissingVariants.DropColumns);
        Execute.Sql("ALTER TABLE game_sessions DROP COLUMN thumbnail_alt, DROP COLUMN banner_alt;");
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("stores smaller copies of images, and texts that describe images"));

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (texts, variants, bytes) = await connection.QuerySingleAsync<(long, long, long)>(new(
            """
            SELECT (SELECT count(thumbnail_alt) + count(banner_alt) FROM game_sessions), count(*), coalesce(sum(byte_length), 0)::bigint
            FROM image_variants
            """,
            cancellationToken: ct));

        return new(
            $"deletes {StepEffect.Count(texts, "text")} that describe images, and "
            + $"{StepEffect.Count(variants, "smaller copy", "smaller copies")}, which the worker can make again",
            texts, bytes, LosesData: texts > 0);
    }

    private void CreateVariants()
    {
        Create.Table("image_variants")
            .WithColumn("image_id").AsGuid().PrimaryKey("image_variants_pkey")
            .WithColumn("width").AsInt32().PrimaryKey("image_variants_pkey")
            .WithColumn("height").AsInt32()
            .WithColumn("mime_type").AsString().WithDefaultValue("image/webp")
            .WithColumn("image_data").AsBinary()
            .WithColumn("byte_length").AsInt32()
            .WithColumn("content_hash").AsBinary()
            .WithColumn("created_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime);
        Execute.Sql(
            """
            ALTER TABLE image_variants
                ALTER COLUMN image_data SET STORAGE EXTERNAL,
                ADD FOREIGN KEY (image_id) REFERENCES game_images (id) ON DELETE CASCADE,
                ADD CHECK (width > 0),
                ADD CHECK (height > 0),
                ADD CHECK (mime_type = 'image/webp'),
                ADD CHECK (byte_length = octet_length(image_data)),
                ADD CHECK (octet_length(content_hash) = 32);
            COMMENT ON TABLE image_variants IS 'Smaller copies of images. They are deleted with their image.';
            COMMENT ON COLUMN image_variants.content_hash IS 'The SHA-256 of image_data.';
            """);
    }

    // Since version 3, the owner of the schema needs no right to create roles, if an operator or bootstrap has created them.
    private const string CreateRole =
        $"""
        DO $role$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Roles.Variants}') THEN
                CREATE ROLE {Roles.Variants} LOGIN;
            END IF;
        -- Roles belong to the whole server, so the migration of another database may create it at the same time.
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'The role {Roles.Variants} is missing, and % may not create it. Run gameimages bootstrap first.',
                    current_user USING ERRCODE = 'insufficient_privilege';
        END
        $role$;
        """;

    private const string AddAltTexts =
        """
        ALTER TABLE game_sessions
            ADD COLUMN thumbnail_alt text CHECK (char_length(thumbnail_alt) <= 1000),
            ADD COLUMN banner_alt text CHECK (char_length(banner_alt) <= 1000);
        COMMENT ON COLUMN game_sessions.thumbnail_alt IS 'What the thumbnail shows, for people who do not see it.';
        COMMENT ON COLUMN game_sessions.banner_alt IS 'What the banner shows, for people who do not see it.';
        """;

    private const string LimitAccess =
        $"""
        DO $database$
        BEGIN
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO {Roles.Variants}', current_database());
        END
        $database$;
        GRANT USAGE ON SCHEMA public TO {Roles.Variants};
        GRANT SELECT ON images_without_variants, {SchemaHistory.Table} TO {Roles.Variants};
        GRANT EXECUTE ON FUNCTION {MissingVariants.StoreSignature}, {MissingVariants.RefuseSignature} TO {Roles.Variants};
        GRANT SELECT (image_id, width, height) ON image_variants TO {Roles.App};
        GRANT SELECT (image_id, width, mime_type, image_data, byte_length, content_hash) ON image_variants TO {Roles.Public};
        """;

    private const string RevokeAccess =
        $"""
        REVOKE ALL ON images_without_variants, {SchemaHistory.Table} FROM {Roles.Variants};
        REVOKE USAGE ON SCHEMA public FROM {Roles.Variants};
        DO $database$
        BEGIN
            EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM {Roles.Variants}', current_database());
        END
        $database$;
        """;
}
