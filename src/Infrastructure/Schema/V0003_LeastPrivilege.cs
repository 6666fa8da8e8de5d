using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Gives each role the privileges that it needs and no others. Row-level security shows games to members of their guild only.
/// </summary>
[Migration(3, "LeastPrivilege")]
internal sealed class V0003_LeastPrivilege : SchemaMigration
{
    public override void Up() => Execute.Sql(
        $"""
        DO $roles$
        DECLARE
            missing text;
        BEGIN
            FOREACH missing IN ARRAY ARRAY['{Roles.App}', '{Roles.Public}', '{Roles.Bot}'] LOOP
                -- Roles belong to the whole server, so the migration of another database may create them at the same time.
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = missing) THEN
                        EXECUTE format('CREATE ROLE %I LOGIN', missing);
                    END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN
                    NULL;
                END;
            END LOOP;

            EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO {Roles.App}, {Roles.Public}, {Roles.Bot}', current_database());
        END
        $roles$;

        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO {Roles.App}, {Roles.Public}, {Roles.Bot};
        ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

        GRANT SELECT, INSERT, UPDATE, DELETE ON game_sessions, game_images TO {Roles.App};
        GRANT SELECT ON {SchemaHistory.Table} TO {Roles.App};
        GRANT SELECT (id, content_hash, mime_type, image_data, byte_length, created_at) ON game_images TO {Roles.Public};

        ALTER TABLE game_sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

        -- The setting is empty after a transaction that set it. Unset or empty means no guild, and therefore no row.
        CREATE POLICY members_of_the_guild ON game_sessions
            USING (guild_id = ANY (string_to_array(nullif(current_setting('app.current_guild_ids', true), ''), ',')::bigint[]));
        """);

    // The roles stay, because other databases on the server may use them.
    public override void Down() => Execute.Sql(
        $"""
        DROP POLICY members_of_the_guild ON game_sessions;
        ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;

        REVOKE ALL ON game_sessions, game_images, {SchemaHistory.Table} FROM {Roles.App}, {Roles.Public}, {Roles.Bot};
        REVOKE SELECT (id, content_hash, mime_type, image_data, byte_length, created_at) ON game_images FROM {Roles.Public};
        ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
        REVOKE USAGE ON SCHEMA public FROM {Roles.App}, {Roles.Public}, {Roles.Bot};
        GRANT USAGE ON SCHEMA public TO PUBLIC;

        DO $database$
        BEGIN
            EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM {Roles.App}, {Roles.Public}, {Roles.Bot}', current_database());
            EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO PUBLIC', current_database());
        END
        $database$;
        """);

    public override Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("gives each role only the privileges that it needs, and shows games to their guild only"));

    public override Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct) =>
        Task.FromResult<StepEffect>(new("takes the privileges from the roles, and shows every game to each role that may read games"));
}
