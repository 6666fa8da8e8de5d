using GameImages.EmbeddedPostgres;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

public sealed class PrivilegeTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task Migrate_a_database()
    {
        // Not a clone of a migrated one: what everybody may do on a database is not cloned.
        database = await TestDatabase.CreateAsync(schemaVersion: 0);
        await new SchemaMigrator(database.ConnectionString(EmbeddedServer.Owner)).MigrateAsync(SchemaMigrator.LatestVersion, CancellationToken.None);
    }

    [OneTimeTearDown]
    public ValueTask Drop_it() => database.DisposeAsync();

    [Test]
    public async Task Each_role_may_do_what_was_approved_and_nothing_else()
    {
        var matrix = string.Join('\n', await database.QueryAsync<string>(Matrix)) + "\n";
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Schema");
        var approved = await File.ReadAllTextAsync(Path.Combine(folder, "privileges.approved.txt"));

        Assert.That(matrix, Is.EqualTo(approved), $"If this is meant, approve it:\n{matrix}");
    }

    [TestCase("SELECT * FROM game_sessions")]
    [TestCase("SELECT count(*) FROM game_sessions")]
    [TestCase("SELECT * FROM game_images")]
    [TestCase("SELECT reference_count FROM game_images")]
    [TestCase("SELECT updated_at FROM game_images")]
    [TestCase("SELECT game_images FROM game_images")]
    [TestCase("SELECT id FROM game_images FOR UPDATE")]
    [TestCase("SELECT * FROM schema_history")]
    [TestCase("INSERT INTO game_images (content_hash) VALUES ('x')")]
    [TestCase("UPDATE game_images SET mime_type = mime_type")]
    [TestCase("DELETE FROM game_images")]
    [TestCase("TRUNCATE game_images")]
    [TestCase("DROP TABLE game_images")]
    [TestCase("ALTER TABLE game_images ADD COLUMN x int")]
    [TestCase("CREATE TABLE mine ()")]
    [TestCase("CREATE TEMPORARY TABLE mine ()")]
    [TestCase("CREATE SCHEMA mine")]
    [TestCase("CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1")]
    [TestCase("COPY game_images TO STDOUT")]
    [TestCase("COPY (SELECT 1) TO PROGRAM 'true'")]
    [TestCase("SELECT pg_read_file('PG_VERSION')")]
    [TestCase("SELECT lo_import('/etc/passwd')")]
    [TestCase("SELECT lo_create(0)")]
    [TestCase("SELECT lo_creat(0)")]
    [TestCase("SELECT lo_from_bytea(0, 'x')")]
    [TestCase("SELECT * FROM pg_authid")]
    [TestCase("SET ROLE gameimages_app")]
    [TestCase("SET ROLE gameimages_owner")]
    [TestCase("SET SESSION AUTHORIZATION gameimages_owner")]
    [TestCase("ALTER ROLE gameimages_public CREATEROLE")]
    [TestCase("GRANT gameimages_app TO gameimages_public")]
    [TestCase("EXPLAIN ANALYZE SELECT * FROM game_sessions")]
    public async Task The_public_role_is_refused_everything_but_the_served_columns(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.Public);
        await using var command = new NpgsqlCommand(attempt, connection);

        Assert.That(async () => await command.ExecuteNonQueryAsync(), Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [TestCase("TRUNCATE game_sessions")]
    [TestCase("ALTER TABLE game_sessions DISABLE ROW LEVEL SECURITY")]
    [TestCase("ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY")]
    [TestCase("DROP POLICY members_of_the_guild ON game_sessions")]
    [TestCase("CREATE TABLE mine ()")]
    [TestCase("CREATE TEMPORARY TABLE mine ()")]
    [TestCase("DELETE FROM schema_history")]
    [TestCase("SET ROLE gameimages_owner")]
    [TestCase("CREATE ROLE mine")]
    public async Task The_role_of_the_service_cannot_change_the_rules(string attempt)
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var command = new NpgsqlCommand(attempt, connection);

        Assert.That(async () => await command.ExecuteNonQueryAsync(), Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    [Test]
    public async Task Turning_row_security_off_gets_an_error_instead_of_rows()
    {
        await using var connection = await database.OpenAsync(Roles.App);
        await using var command = new NpgsqlCommand("SET row_security = off; SELECT count(*) FROM game_sessions", connection);

        Assert.That(async () => await command.ExecuteNonQueryAsync(), Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InsufficientPrivilege));
    }

    private const string Matrix =
        """
        WITH role AS (
            SELECT rolname, oid FROM pg_roles WHERE rolname LIKE 'gameimages\_%'),
        relation AS (
            SELECT oid, relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S')),
        line AS (
            SELECT rolname, '1 attributes' AS what, concat_ws(' ', CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
                CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolreplication THEN 'REPLICATION' END,
                CASE WHEN rolcanlogin THEN 'LOGIN' END) AS may
            FROM pg_roles WHERE rolname LIKE 'gameimages\_%'
            UNION ALL
            SELECT rolname, '2 member of', string_agg(other.groupname, ' ' ORDER BY other.groupname)
            FROM role JOIN (SELECT member, roleid::regrole::text AS groupname FROM pg_auth_members) AS other ON member = role.oid GROUP BY rolname
            UNION ALL
            SELECT rolname, '3 database', string_agg(privilege, ' ')
            FROM role CROSS JOIN unnest(ARRAY['CONNECT', 'CREATE', 'TEMPORARY']) AS privilege
            WHERE has_database_privilege(rolname, current_database(), privilege) GROUP BY rolname
            UNION ALL
            SELECT rolname, '4 schema', string_agg(privilege, ' ')
            FROM role CROSS JOIN unnest(ARRAY['USAGE', 'CREATE']) AS privilege
            WHERE has_schema_privilege(rolname, 'public', privilege) GROUP BY rolname
            UNION ALL
            SELECT rolname, '5 table ' || relname, string_agg(privilege, ' ')
            FROM role CROSS JOIN relation CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
            WHERE relkind <> 'S' AND has_table_privilege(rolname, relation.oid, privilege) GROUP BY rolname, relname
            UNION ALL
            SELECT rolname, format('6 columns of %s: %s', relname, privilege), string_agg(attname, ' ' ORDER BY attnum)
            FROM role CROSS JOIN relation JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
                CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS privilege
            WHERE relkind <> 'S' AND has_column_privilege(rolname, relation.oid, attnum, privilege) AND NOT has_table_privilege(rolname, relation.oid, privilege)
            GROUP BY rolname, relname, privilege
            UNION ALL
            SELECT rolname, '7 sequence ' || relname, string_agg(privilege, ' ')
            FROM role CROSS JOIN relation CROSS JOIN unnest(ARRAY['USAGE', 'SELECT', 'UPDATE']) AS privilege
            WHERE relkind = 'S' AND has_sequence_privilege(rolname, relation.oid, privilege) GROUP BY rolname, relname
            UNION ALL
            SELECT rolname, '8 function ' || pg_proc.oid::regprocedure, 'EXECUTE' || CASE WHEN prosecdef THEN ' as its owner' ELSE '' END
            FROM role CROSS JOIN pg_proc
            WHERE pronamespace = 'public'::regnamespace AND has_function_privilege(rolname, pg_proc.oid, 'EXECUTE')
            UNION ALL
            SELECT 'everybody', '3 database', string_agg(privilege_type, ' ' ORDER BY privilege_type)
            FROM pg_database CROSS JOIN aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE datname = current_database() AND grantee = 0 HAVING count(*) > 0
            UNION ALL
            SELECT 'everybody', '4 schema', string_agg(privilege_type, ' ' ORDER BY privilege_type)
            FROM pg_namespace CROSS JOIN aclexplode(coalesce(nspacl, acldefault('n', nspowner))) WHERE nspname = 'public' AND grantee = 0 HAVING count(*) > 0
            UNION ALL
            SELECT 'everybody', '5 table ' || relname, string_agg(privilege_type, ' ' ORDER BY privilege_type)
            FROM pg_class CROSS JOIN aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace AND grantee = 0 GROUP BY relname
            UNION ALL
            SELECT 'row security', relname, concat_ws(' ', CASE WHEN relrowsecurity THEN 'enabled' END, CASE WHEN relforcerowsecurity THEN 'forced' END)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
            UNION ALL
            SELECT 'row security', format('%s: policy %s', tablename, policyname), concat_ws(' ', permissive, 'for', cmd, 'to', array_to_string(roles, ','), 'using', qual, 'with check', with_check)
            FROM pg_policies WHERE schemaname = 'public')
        SELECT format('%s | %s | %s', rolname, what, may) FROM line ORDER BY rolname COLLATE "C", what COLLATE "C"
        """;
}
