using FluentMigrator;
using FluentMigrator.Postgres;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// A transaction that changes a game adds an event to the outbox. The role of the bot may read the games and deliver these events.
/// </summary>
[Migration(7, "Outbox")]
internal sealed class V0007_Outbox : SchemaMigration
{
    /// <summary>Each transaction that adds events sends a notification without a payload.</summary>
    public const string Channel = "outbox";

    // A trigger writes the events, because not only the service changes games: a purge removes their images. The trigger function runs as
    // its owner, because the roles that change games do not need to read the outbox. There is no foreign key, because the event of a
    // deletion and the record of the message outlive the game.
    public override void Up()
    {
        LimitLockWaits();
        CreateOutbox();
        CreateAnnouncements();
        Execute.Sql(AddToOutbox);
        Execute.Sql(
            $"""
            GRANT SELECT, DELETE, INSERT (game_id, channel_id), UPDATE (attempts, due_at, parked_at, reason) ON outbox TO {Roles.Bot};
            GRANT SELECT, INSERT, UPDATE, DELETE ON announcements TO {Roles.Bot};
            GRANT SELECT ON game_sessions, {SchemaHistory.Table} TO {Roles.Bot};
            GRANT SELECT (id, mime_type, image_data, quarantined_at) ON game_images TO {Roles.Bot};
            CREATE POLICY games_to_announce ON game_sessions FOR SELECT TO {Roles.Bot} USING (true);
            """);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        SetOldestCompatible(4);
        Execute.Sql(
            $"""
            DROP POLICY games_to_announce ON game_sessions;
            REVOKE ALL ON game_sessions, {SchemaHistory.Table} FROM {Roles.Bot};
            REVOKE SELECT (id, mime_type, image_data, quarantined_at) ON game_images FROM {Roles.Bot};
            DROP TRIGGER add_change_to_outbox ON game_sessions;
            DROP TRIGGER add_to_outbox ON game_sessions;
            DROP FUNCTION add_to_outbox();
            """);
        Delete.Table("announcements");
        Delete.Table("outbox");
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("records each change of a game until the bot has announced it"));

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var (events, messages) = await connection.QuerySingleAsync<(long, long)>(new(
            "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM announcements)", cancellationToken: ct));

        return new(
            $"deletes the records of {StepEffect.Count(messages, "announced message")}, which the bot then no longer edits, "
            + $"and {StepEffect.Count(events, "event")} to announce",
            events + messages, LosesData: events + messages > 0);
    }

    private void CreateOutbox()
    {
        Create.Table("outbox")
            .WithColumn("id").AsInt64().Identity(PostgresGenerationType.Always).PrimaryKey("outbox_pkey")
            .WithColumn("game_id").AsGuid()
            .WithColumn("channel_id").AsInt64()
            .WithColumn("created_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("attempts").AsInt32().WithDefaultValue(0)
            .WithColumn("due_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime)
            .WithColumn("parked_at").AsDateTimeOffset().Nullable()
            .WithColumn("reason").AsString().Nullable();
        Execute.Sql(
            """
            ALTER TABLE outbox ADD CHECK (attempts >= 0), ADD CHECK (char_length(reason) <= 1000);
            COMMENT ON TABLE outbox IS 'Changes of games that are not announced yet.';
            COMMENT ON COLUMN outbox.parked_at IS 'Since then nobody tries again, for the reason beside it.';
            """);
        Create.Index("outbox_game_id_id_idx").OnTable("outbox").OnColumn("game_id").Ascending().OnColumn("id").Ascending();
        Create.Index("outbox_due_at_id_idx").OnTable("outbox").OnColumn("due_at").Ascending().OnColumn("id").Ascending()
            .WithOptions().Filter("parked_at IS NULL");
    }

    private void CreateAnnouncements()
    {
        Create.Table("announcements")
            .WithColumn("game_id").AsGuid().PrimaryKey("announcements_pkey")
            .WithColumn("channel_id").AsInt64().Nullable()
            .WithColumn("message_id").AsInt64().Nullable()
            .WithColumn("posting_channel_id").AsInt64().Nullable()
            .WithColumn("posts").AsInt32().WithDefaultValue(0)
            .WithColumn("picture_failures").AsInt32().WithDefaultValue(0)
            .WithColumn("is_left_alone").AsBoolean().WithDefaultValue(false);
        Execute.Sql(
            """
            ALTER TABLE announcements
                ADD CHECK (posts >= 0),
                ADD CHECK (picture_failures >= 0),
                ADD CHECK ((channel_id IS NULL) = (message_id IS NULL));
            COMMENT ON TABLE announcements IS 'The message of each announced game.';
            COMMENT ON COLUMN announcements.posts IS 'How many messages were posted; the nonce of the next one has it.';
            COMMENT ON COLUMN announcements.posting_channel_id IS 'A message may have been posted there of which nobody has heard.';
            COMMENT ON COLUMN announcements.is_left_alone IS 'Somebody else deleted the message, and it is not to be posted anew.';
            """);
    }

    private const string AddToOutbox =
        $"""
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
        {AddChangeToOutbox}
        """;

    /// <summary>The trigger on updates. Version 9 replaces it.</summary>
    public const string AddChangeToOutbox =
        """
        CREATE TRIGGER add_change_to_outbox AFTER UPDATE ON game_sessions FOR EACH ROW
            WHEN ((OLD.channel_id, OLD.host_id, OLD.host_name, OLD.title, OLD.description, OLD.signup_instructions, OLD.location,
                    OLD.scheduled_at, OLD.expected_duration_minutes, OLD.max_players, OLD.status, OLD.thumbnail_id, OLD.banner_image_id)
                IS DISTINCT FROM (NEW.channel_id, NEW.host_id, NEW.host_name, NEW.title, NEW.description, NEW.signup_instructions,
                    NEW.location, NEW.scheduled_at, NEW.expected_duration_minutes, NEW.max_players, NEW.status, NEW.thumbnail_id,
                    NEW.banner_image_id))
            EXECUTE FUNCTION add_to_outbox();
        """;
}
