using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Each change of a game leaves an event for whoever announces games, from the transaction that makes it, and the bot's role may deliver them.</summary>
[DbContext(typeof(SchemaContext))]
[Migration("20261122000700_Outbox")]
internal sealed class V0007_Outbox : Migration, IDescribedMigration
{
    /// <summary>Notified, without a payload, of each transaction that leaves events.</summary>
    public const string Channel = "outbox";

    // A trigger, since the service is not alone in changing games: a purge takes pictures off them. As its owner, since nobody who changes a game
    // needs to see what else is to be announced. No foreign key: the event of a deletion, and the message that it removes, outlive the game.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        SET LOCAL lock_timeout = '10s';

        CREATE TABLE outbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            game_id uuid NOT NULL,
            channel_id bigint NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            due_at timestamptz NOT NULL DEFAULT now(),
            parked_at timestamptz,
            reason text CHECK (char_length(reason) <= 1000)
        );
        COMMENT ON TABLE outbox IS 'Changes of games that are not announced yet.';
        COMMENT ON COLUMN outbox.parked_at IS 'Since then nobody tries again, for the reason beside it.';
        CREATE INDEX outbox_game_id_id_idx ON outbox (game_id, id);
        CREATE INDEX outbox_due_at_id_idx ON outbox (due_at, id) WHERE parked_at IS NULL;

        CREATE TABLE announcements (
            game_id uuid PRIMARY KEY,
            channel_id bigint,
            message_id bigint,
            posting_channel_id bigint,
            posts integer NOT NULL DEFAULT 0 CHECK (posts >= 0),
            picture_failures integer NOT NULL DEFAULT 0 CHECK (picture_failures >= 0),
            is_left_alone boolean NOT NULL DEFAULT false,
            CHECK ((channel_id IS NULL) = (message_id IS NULL))
        );
        COMMENT ON TABLE announcements IS 'The message of each announced game.';
        COMMENT ON COLUMN announcements.posts IS 'How many messages were posted; the nonce of the next one has it.';
        COMMENT ON COLUMN announcements.posting_channel_id IS 'A message may have been posted there of which nobody has heard.';
        COMMENT ON COLUMN announcements.is_left_alone IS 'Somebody else deleted the message, and it is not to be posted anew.';

        CREATE FUNCTION add_to_outbox() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $outbox$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                INSERT INTO outbox (game_id, channel_id) VALUES (OLD.id, OLD.channel_id);
            ELSE
                INSERT INTO outbox (game_id, channel_id) VALUES (NEW.id, NEW.channel_id);
            END IF;

            PERFORM pg_notify('{Channel}', '');
            RETURN NULL;
        END
        $outbox$;

        CREATE TRIGGER add_to_outbox AFTER INSERT OR DELETE ON game_sessions FOR EACH ROW EXECUTE FUNCTION add_to_outbox();
        CREATE TRIGGER add_change_to_outbox AFTER UPDATE ON game_sessions FOR EACH ROW
            WHEN ((OLD.channel_id, OLD.host_id, OLD.host_name, OLD.title, OLD.description, OLD.signup_instructions, OLD.location, OLD.scheduled_at,
                    OLD.expected_duration_minutes, OLD.max_players, OLD.status, OLD.thumbnail_id, OLD.banner_image_id)
                IS DISTINCT FROM (NEW.channel_id, NEW.host_id, NEW.host_name, NEW.title, NEW.description, NEW.signup_instructions, NEW.location, NEW.scheduled_at,
                    NEW.expected_duration_minutes, NEW.max_players, NEW.status, NEW.thumbnail_id, NEW.banner_image_id))
            EXECUTE FUNCTION add_to_outbox();

        GRANT SELECT, DELETE, INSERT (game_id, channel_id), UPDATE (attempts, due_at, parked_at, reason) ON outbox TO {Roles.Bot};
        GRANT SELECT, INSERT, UPDATE, DELETE ON announcements TO {Roles.Bot};
        GRANT SELECT ON game_sessions, {SchemaContext.HistoryTable} TO {Roles.Bot};
        GRANT SELECT (id, mime_type, image_data, quarantined_at) ON game_images TO {Roles.Bot};
        CREATE POLICY games_to_announce ON game_sessions FOR SELECT TO {Roles.Bot} USING (true);

        COMMENT ON TABLE {SchemaContext.HistoryTable} IS '{SchemaVersions.OldestCompatible} 4';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        $"""
        SET LOCAL lock_timeout = '10s';

        COMMENT ON TABLE {SchemaContext.HistoryTable} IS '{SchemaVersions.OldestCompatible} 4';
        DROP POLICY games_to_announce ON game_sessions;
        REVOKE ALL ON game_sessions, {SchemaContext.HistoryTable} FROM {Roles.Bot};
        REVOKE SELECT (id, mime_type, image_data, quarantined_at) ON game_images FROM {Roles.Bot};
        DROP TRIGGER add_change_to_outbox ON game_sessions;
        DROP TRIGGER add_to_outbox ON game_sessions;
        DROP FUNCTION add_to_outbox();
        DROP TABLE announcements;
        DROP TABLE outbox;
        """);

    public Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("keeps each change of a game until it is announced, and lets the bot's role do that"));

    public async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (events, messages) = await connection.QuerySingleAsync<(long, long)>(new("SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM announcements)", cancellationToken: ct));

        return new(
            $"forgets {StepEffect.Count(messages, "announced message")}, which then stay as they are, and {StepEffect.Count(events, "change")} to announce",
            events + messages, LosesData: events + messages > 0);
    }
}
