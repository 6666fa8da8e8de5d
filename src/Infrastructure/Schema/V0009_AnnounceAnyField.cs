using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// A change to any field of a game adds an event to the outbox, including fields that later versions add. Names and texts of the schema
/// say "image" instead of "picture".
/// </summary>
[Migration(9, "AnnounceAnyField")]
internal sealed class V0009_AnnounceAnyField : SchemaMigration
{
    public override void Up()
    {
        LimitLockWaits();
        Execute.Sql(AnnounceAnyField);
        RenameFailures("picture", "image");
        Execute.Sql(
            """
            COMMENT ON COLUMN outbox.parked_at IS 'The bot has not tried again since then, for the reason in the column reason.';
            COMMENT ON COLUMN announcements.posts IS 'The number of messages that were posted. The nonce of the next message contains it.';
            COMMENT ON COLUMN announcements.posting_channel_id IS
                'The channel in which the bot began to post a message and did not see the result.';
            COMMENT ON COLUMN announcements.is_left_alone IS 'A Discord user deleted the message, and the bot does not post another one.';
            COMMENT ON COLUMN game_images.width IS 'In pixels; null for an image of version 1 whose header states no size.';
            COMMENT ON TABLE blocked_hashes IS 'Images that are never stored again, by the SHA-256 of their bytes.';
            """);
        Execute.Sql(RefuseBlockedImage);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        Execute.Sql(V0004_BlockAndQuarantine.RefuseBlockedImage);
        Execute.Sql(
            """
            COMMENT ON COLUMN outbox.parked_at IS 'Since then nobody tries again, for the reason beside it.';
            COMMENT ON COLUMN announcements.posts IS 'How many messages were posted; the nonce of the next one has it.';
            COMMENT ON COLUMN announcements.posting_channel_id IS 'A message may have been posted there of which nobody has heard.';
            COMMENT ON COLUMN announcements.is_left_alone IS 'Somebody else deleted the message, and it is not to be posted anew.';
            COMMENT ON COLUMN game_images.width IS 'In pixels; null for a picture of version 1 whose header states no size.';
            COMMENT ON TABLE blocked_hashes IS 'Pictures that are never stored again, by the SHA-256 of their bytes.';
            """);
        RenameFailures("image", "picture");
        Execute.Sql(
            $"""
            DROP TRIGGER add_change_to_outbox ON game_sessions;
            DROP FUNCTION add_change_to_outbox();
            {V0007_Outbox.AddChangeToOutbox}
            """);
        SetOldestCompatible(4);
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new(
            "announces a change to any field of a game; bots of earlier versions announce nothing until they are updated"));

    public override Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("announces a change only to the fields that a game had in version 7"));

    // The trigger function runs as its owner, because the roles that change games may not write the outbox.
    private const string AnnounceAnyField =
        $"""
        CREATE FUNCTION add_change_to_outbox() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $outbox$
        BEGIN
            -- An announcement never shows these columns.
            OLD.guild_id := NEW.guild_id;
            OLD.created_at := NEW.created_at;
            OLD.updated_at := NEW.updated_at;

            IF OLD IS DISTINCT FROM NEW THEN
                INSERT INTO outbox (game_id, channel_id) VALUES (NEW.id, NEW.channel_id);
                PERFORM pg_notify('{V0007_Outbox.Channel}', '');
            END IF;

            RETURN NULL;
        END
        $outbox$;

        DROP TRIGGER add_change_to_outbox ON game_sessions;
        CREATE TRIGGER add_change_to_outbox AFTER UPDATE ON game_sessions FOR EACH ROW EXECUTE FUNCTION add_change_to_outbox();
        """;

    private const string RefuseBlockedImage =
        $"""
        CREATE OR REPLACE FUNCTION refuse_blocked_image() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $refuse$
        BEGIN
            -- A transaction that blocks this hash takes the lock exclusively. If it commits first, this trigger sees its block. Otherwise
            -- it waits until this transaction ends, and then finds the image.
            PERFORM pg_advisory_xact_lock_shared(blocked_hash_lock(NEW.content_hash));

            IF EXISTS (SELECT FROM blocked_hashes WHERE content_hash = NEW.content_hash) THEN
                RAISE EXCEPTION 'The image % is blocked.', encode(NEW.content_hash, 'hex')
                    USING ERRCODE = '{V0004_BlockAndQuarantine.BlockedSqlState}';
            END IF;

            RETURN NEW;
        END
        $refuse$;
        """;

    private void RenameFailures(string from, string to)
    {
        Rename.Column($"{from}_failures").OnTable("announcements").To($"{to}_failures");
        Execute.Sql(
            $"""
            ALTER TABLE announcements
                RENAME CONSTRAINT announcements_{from}_failures_check TO announcements_{to}_failures_check;
            """);
    }
}
