using FluentMigrator;
using FluentMigrator.Postgres;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Stores uploads: images that a member holds for some hours, so that games can show them. A game may show only an image that its guild
/// or the member has. Counts what each guild uses, for its library and its quotas.
/// </summary>
[Migration(11, "Uploads")]
internal sealed class V0011_Uploads : SchemaMigration
{
    public override void Up()
    {
        LimitLockWaits();
        LockGamesAndImages();
        CreateUploads();
        CreateGuildImages();
        Execute.Sql(LimitAccess);
        Execute.Sql(GuildUse.CountGames);
        Execute.Sql(GuildUse.Create);
        Execute.Sql(UploadUse.Create);
        Execute.Sql(ForeignImages.Create);
        SetOldestCompatible(4);
    }

    // An image that only uploads refer to is deleted with them, as at the end of an upload.
    public override void Down()
    {
        LimitLockWaits();
        LockGamesAndImages();
        SetOldestCompatible(4);
        Execute.Sql(ForeignImages.Drop);
        Execute.Sql(UploadUse.Drop);
        Execute.Sql(GuildUse.Drop);
        Execute.Sql(
            """
            UPDATE game_images SET reference_count = reference_count - uploads, updated_at = now()
            FROM (SELECT image_id, count(*) AS uploads FROM image_uploads GROUP BY image_id) AS held WHERE id = image_id;
            CREATE TEMPORARY TABLE uploaded ON COMMIT DROP AS SELECT image_id FROM image_uploads;
            """);
        Delete.Table("image_uploads");
        Delete.Table("guild_images");
        Delete.Table("guild_usage");
        // Without an index, the foreign keys would read all games for each image. An image that a game shows stays, even if its count is
        // too low. Row-level security would hide the games from their owner.
        Execute.Sql(
            """
            SET LOCAL enable_seqscan = off;
            ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY;
            DELETE FROM game_images WHERE id IN (SELECT image_id FROM uploaded) AND reference_count = 0
                AND NOT EXISTS (SELECT FROM game_sessions WHERE thumbnail_id = game_images.id)
                AND NOT EXISTS (SELECT FROM game_sessions WHERE banner_image_id = game_images.id);
            ALTER TABLE game_sessions FORCE ROW LEVEL SECURITY;
            """);
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("stores uploads, and counts the games and images of each guild"));

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (uploads, images, bytes) = await connection.QuerySingleAsync<(long, long, long)>(new(
            """
            SELECT (SELECT count(*) FROM image_uploads), count(*), coalesce(sum(byte_length), 0)::bigint
            FROM game_images WHERE reference_count > 0
                AND reference_count = (SELECT count(*) FROM image_uploads WHERE image_id = game_images.id)
            """,
            cancellationToken: ct));

        return new(
            $"ends {StepEffect.Count(uploads, "upload")}, and deletes {StepEffect.Count(images, "image")} that no game shows",
            uploads, bytes, LosesData: uploads > 0);
    }

    private void CreateUploads()
    {
        Create.Table("image_uploads")
            .WithColumn("id").AsGuid().PrimaryKey("image_uploads_pkey").WithDefaultValue(RawSql.Insert("gen_random_uuid()"))
            .WithColumn("image_id").AsGuid()
                .ForeignKey("image_uploads_image_id_fkey", "game_images", "id").Indexed("image_uploads_image_id_idx")
            .WithColumn("user_id").AsString()
            .WithColumn("guild_id").AsInt64().Nullable()
            .WithColumn("is_used").AsBoolean().WithDefaultValue(false)
            .WithColumn("created_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("used_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("expires_at").AsDateTimeOffset().Indexed("image_uploads_expires_at_idx");
        Create.Index("image_uploads_user_id_used_at_image_id_idx").OnTable("image_uploads")
            .OnColumn("user_id").Ascending().OnColumn("used_at").Descending().OnColumn("image_id").Descending();
        Execute.Sql(
            """
            ALTER TABLE image_uploads
                ADD CHECK (char_length(user_id) BETWEEN 1 AND 255),
                ADD UNIQUE (user_id, image_id);
            COMMENT ON TABLE image_uploads IS 'Images that members hold. Each row is one reference to its image, until it expires.';
            COMMENT ON COLUMN image_uploads.user_id IS 'The claim sub of the member.';
            COMMENT ON COLUMN image_uploads.guild_id IS 'The guild whose quota counts the image; null if none does.';
            COMMENT ON COLUMN image_uploads.is_used IS 'Whether the member has made a game show the image, and some game does.';
            COMMENT ON COLUMN image_uploads.used_at IS 'When the member last uploaded the image.';
            """);
    }

    private void CreateGuildImages()
    {
        Create.Table("guild_images")
            .WithColumn("image_id").AsGuid().PrimaryKey("guild_images_pkey")
            .WithColumn("guild_id").AsInt64().PrimaryKey("guild_images_pkey")
            .WithColumn("byte_length").AsInt32()
            .WithColumn("games").AsInt32().WithDefaultValue(0)
            .WithColumn("uploads").AsInt32().WithDefaultValue(0)
            .WithColumn("used_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime);
        Create.Index("guild_images_guild_id_used_at_image_id_idx").OnTable("guild_images")
            .OnColumn("guild_id").Ascending().OnColumn("used_at").Descending().OnColumn("image_id").Descending()
            .WithOptions().Filter("games > 0");
        Create.Table("guild_usage")
            .WithColumn("guild_id").AsInt64().PrimaryKey("guild_usage_pkey")
            .WithColumn("games").AsInt64().WithDefaultValue(0)
            .WithColumn("images").AsInt64().WithDefaultValue(0)
            .WithColumn("bytes").AsInt64().WithDefaultValue(0);
        Execute.Sql(
            """
            COMMENT ON TABLE guild_images IS 'The images that games of a guild show, or that members hold for it. Triggers write it.';
            COMMENT ON COLUMN guild_images.games IS 'The number of games of the guild that show the image.';
            COMMENT ON COLUMN guild_images.uploads IS 'The number of uploads for the guild that hold the image.';
            COMMENT ON COLUMN guild_images.used_at IS 'When a game of the guild last began to show the image.';
            COMMENT ON TABLE guild_usage IS 'What each guild uses of its quotas. Triggers write it. Each image counts once.';
            """);
    }

    private const string LimitAccess =
        $"""
        ALTER TABLE image_uploads ENABLE ROW LEVEL SECURITY;
        ALTER TABLE guild_images ENABLE ROW LEVEL SECURITY;
        ALTER TABLE guild_usage ENABLE ROW LEVEL SECURITY;
        CREATE POLICY uploads_of_the_member ON image_uploads TO {Roles.App}
            USING (user_id = current_setting('app.current_user_id', true));
        CREATE POLICY expired_uploads_to_find ON image_uploads FOR SELECT TO {Roles.App} USING (expires_at <= now());
        CREATE POLICY expired_uploads_to_end ON image_uploads FOR DELETE TO {Roles.App} USING (expires_at <= now());
        CREATE POLICY images_of_the_guild ON guild_images FOR SELECT TO {Roles.App}
            USING ({ForeignImages.OfCaller});
        CREATE POLICY usage_of_the_guild ON guild_usage FOR SELECT TO {Roles.App}
            USING ({ForeignImages.OfCaller});
        GRANT SELECT, DELETE, INSERT (image_id, user_id, guild_id, expires_at), UPDATE (guild_id, used_at, expires_at)
            ON image_uploads TO {Roles.App};
        GRANT SELECT ON guild_images, guild_usage TO {Roles.App};
        """;
}
