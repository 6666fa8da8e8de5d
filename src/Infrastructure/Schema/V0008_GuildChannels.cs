using FluentMigrator;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Adds a table in which the bot records the guild of each channel. The database refuses a game whose channel belongs to another guild.
/// </summary>
[Migration(8, "GuildChannels")]
internal sealed class V0008_GuildChannels : SchemaMigration
{
    /// <summary>The SQLSTATE that refuses a game whose channel belongs to another guild.</summary>
    public const string ForeignChannelSqlState = "GI422";

    // The trigger function runs as its owner, because the caller does not see the channels of other guilds. Row-level security is not
    // forced, so it does not apply to the owner. The trigger compares and never returns a row.
    public override void Up()
    {
        LimitLockWaits();
        Create.Table("guild_channels")
            .WithColumn("channel_id").AsInt64().PrimaryKey("guild_channels_pkey")
            .WithColumn("guild_id").AsInt64()
            .WithColumn("checked_at").AsDateTimeOffset().WithDefault(SystemMethods.CurrentDateTime);
        Alter.Table("announcements").AddColumn("guild_id").AsInt64().Nullable();
        Execute.Sql(
            """
            COMMENT ON TABLE guild_channels IS 'The guild of each Discord channel that the bot has asked Discord about.';
            COMMENT ON COLUMN announcements.guild_id IS
                'The guild of the game, which may be deleted by now; null where no post began since version 8.';
            """);
        Execute.Sql(LimitAccess);
        Execute.Sql(RefuseForeignChannels);
        SetOldestCompatible(4);
    }

    public override void Down()
    {
        LimitLockWaits();
        SetOldestCompatible(4);
        Delete.Column("guild_id").FromTable("announcements");
        Execute.Sql(
            """
            DROP TRIGGER refuse_change_to_foreign_channel ON game_sessions;
            DROP TRIGGER refuse_foreign_channel ON game_sessions;
            DROP FUNCTION refuse_foreign_channel();
            """);
        Delete.Table("guild_channels");
    }

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new(
            "records the guild of each channel that the bot asks Discord about, and refuses games in channels of other guilds"));

    public override async Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct)
    {
        var channels = await connection.QuerySingleAsync<long>(new("SELECT count(*) FROM guild_channels", cancellationToken: ct));
        return new(
            $"deletes the recorded guild of {StepEffect.Count(channels, "channel")}; the bot asks Discord about them again", channels);
    }

    private const string LimitAccess =
        $"""
        ALTER TABLE guild_channels ENABLE ROW LEVEL SECURITY;
        CREATE POLICY channels_of_the_guild ON guild_channels FOR SELECT TO {Roles.App}
            USING (guild_id IN (
                SELECT unnest(string_to_array(nullif(current_setting('app.current_guild_ids', true), ''), ',')::bigint[])));
        CREATE POLICY channels_to_record ON guild_channels TO {Roles.Bot} USING (true);
        GRANT SELECT ON guild_channels TO {Roles.App};
        GRANT SELECT, DELETE, INSERT (channel_id, guild_id), UPDATE (guild_id, checked_at) ON guild_channels TO {Roles.Bot};
        """;

    private const string RefuseForeignChannels =
        $"""
        CREATE FUNCTION refuse_foreign_channel() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $refuse$
        BEGIN
            IF EXISTS (SELECT FROM guild_channels WHERE channel_id = NEW.channel_id AND guild_id <> NEW.guild_id) THEN
                RAISE EXCEPTION 'Channel % belongs to another guild.', NEW.channel_id USING ERRCODE = '{ForeignChannelSqlState}';
            END IF;

            RETURN NEW;
        END
        $refuse$;

        CREATE TRIGGER refuse_foreign_channel BEFORE INSERT ON game_sessions FOR EACH ROW EXECUTE FUNCTION refuse_foreign_channel();
        CREATE TRIGGER refuse_change_to_foreign_channel BEFORE UPDATE ON game_sessions FOR EACH ROW
            WHEN ((OLD.channel_id, OLD.guild_id) IS DISTINCT FROM (NEW.channel_id, NEW.guild_id))
            EXECUTE FUNCTION refuse_foreign_channel();
        """;
}
