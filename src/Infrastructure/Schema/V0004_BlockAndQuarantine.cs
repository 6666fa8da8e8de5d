using FluentMigrator;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Lets operators block an image from being stored again, and keep a damaged image from being served.</summary>
[Migration(4, "BlockAndQuarantine")]
internal sealed class V0004_BlockAndQuarantine : SchemaMigration
{
    /// <summary>The SQLSTATE that refuses to store a blocked image.</summary>
    public const string BlockedSqlState = "GI451";

    public override void Up()
    {
        LimitLockWaits();

        Create.Table("blocked_hashes")
            .WithColumn("content_hash").AsBinary().PrimaryKey("blocked_hashes_pkey")
            .WithColumn("reason").AsString().Nullable()
            .WithColumn("blocked_by").AsString().WithDefaultValue(RawSql.Insert("session_user"))
            .WithColumn("blocked_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime);
        Execute.Sql(
            """
            ALTER TABLE blocked_hashes
                ADD CHECK (octet_length(content_hash) = 32),
                ADD CHECK (char_length(reason) <= 1000);
            """);
        Alter.Table("game_images").AddColumn("quarantined_at").AsDateTimeOffset().Nullable();

        Execute.Sql(
            $"""
            COMMENT ON TABLE blocked_hashes IS 'Pictures that are never stored again, by the SHA-256 of their bytes.';
            COMMENT ON COLUMN game_images.quarantined_at IS
                'Since then the bytes are known to differ from their hash, and are not served.';
            GRANT SELECT (content_hash) ON blocked_hashes TO {Roles.App};
            GRANT SELECT (quarantined_at) ON game_images TO {Roles.Public};
            """);
        Execute.Sql(RefuseBlockedImages);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        SetOldestCompatible(null);
        Execute.Sql(
            """
            DROP TRIGGER refuse_blocked_image ON game_images;
            DROP FUNCTION refuse_blocked_image();
            DROP FUNCTION blocked_hash_lock(bytea);
            """);
        Delete.Table("blocked_hashes");
        Delete.Column("quarantined_at").FromTable("game_images");
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("lets operators block images from being stored, and keep damaged images from being served"));

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (blocked, quarantined) = await connection.QuerySingleAsync<(long, long)>(new(
            "SELECT (SELECT count(*) FROM blocked_hashes), (SELECT count(*) FROM game_images WHERE quarantined_at IS NOT NULL)",
            cancellationToken: ct));

        return new(
            $"deletes the list of {StepEffect.Count(blocked, "blocked image")} "
            + $"and serves {StepEffect.Count(quarantined, "image")} of the quarantine again",
            blocked + quarantined, LosesData: blocked + quarantined > 0);
    }

    /// <summary>The trigger function. Version 9 changes its message.</summary>
    public const string RefuseBlockedImage =
        $"""
        CREATE OR REPLACE FUNCTION refuse_blocked_image() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $refuse$
        BEGIN
            -- Whoever blocks this hash takes the lock alone: either it is waited for and its block seen here, or it waits and sees this row.
            PERFORM pg_advisory_xact_lock_shared(blocked_hash_lock(NEW.content_hash));

            IF EXISTS (SELECT FROM blocked_hashes WHERE content_hash = NEW.content_hash) THEN
                RAISE EXCEPTION 'The picture % is blocked', encode(NEW.content_hash, 'hex') USING ERRCODE = '{BlockedSqlState}';
            END IF;

            RETURN NEW;
        END
        $refuse$;
        """;

    private const string RefuseBlockedImages =
        $"""
        CREATE FUNCTION blocked_hash_lock(content_hash bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
            RETURN hashtextextended(encode(content_hash, 'hex'), 0);

        {RefuseBlockedImage}
        GRANT EXECUTE ON FUNCTION blocked_hash_lock(bytea) TO {Roles.App};

        CREATE TRIGGER refuse_blocked_image BEFORE INSERT ON game_images FOR EACH ROW EXECUTE FUNCTION refuse_blocked_image();
        """;
}
