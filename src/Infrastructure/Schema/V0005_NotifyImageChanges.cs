using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>A transaction that changes or deletes an image notifies the programs that cache it.</summary>
[Migration(5, "NotifyImageChanges")]
internal sealed class V0005_NotifyImageChanges : SchemaMigration
{
    /// <summary>Each notification has the id of an image as its payload. An empty payload means all images.</summary>
    public const string Channel = "game_images";

    // The trigger ignores reference_count, which changes often: commits that send a notification wait for each other.
    // It fires ALWAYS, because a replica does not run ordinary triggers, and programs that listen there cache images too.
    public override void Up()
    {
        LimitLockWaits();
        Execute.Sql(Notify);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        SetOldestCompatible(4);
        Execute.Sql(
            """
            DROP TRIGGER notify_image_truncation ON game_images;
            DROP TRIGGER notify_image_change ON game_images;
            DROP FUNCTION notify_image_change();
            """);
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("notifies the services when an image is changed or deleted"));

    public override Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("stops the notifications of changed and deleted images"));

    private const string Notify =
        $"""
        CREATE FUNCTION notify_image_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $notify$
        BEGIN
            IF TG_OP = 'TRUNCATE' THEN
                PERFORM pg_notify('{Channel}', '');
            ELSE
                PERFORM pg_notify('{Channel}', OLD.id::text);
            END IF;

            RETURN NULL;
        END
        $notify$;

        CREATE TRIGGER notify_image_change
            AFTER DELETE OR UPDATE OF id, content_hash, mime_type, image_data, byte_length, created_at, quarantined_at ON game_images
            FOR EACH ROW EXECUTE FUNCTION notify_image_change();
        CREATE TRIGGER notify_image_truncation AFTER TRUNCATE ON game_images FOR EACH STATEMENT EXECUTE FUNCTION notify_image_change();
        ALTER TABLE game_images ENABLE ALWAYS TRIGGER notify_image_change, ENABLE ALWAYS TRIGGER notify_image_truncation;
        """;
}
