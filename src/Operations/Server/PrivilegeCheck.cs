using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Server;

/// <summary>Checks that each role has the privileges that it needs and no others, and that PUBLIC has none.</summary>
internal static class PrivilegeCheck
{
    // The privileges that the migrations grant, in the form of GRANT.
    private static readonly (string Role, string Privileges, string On)[] Granted =
    [
        (Roles.App, "CONNECT", "DATABASE"),
        (Roles.App, "USAGE", "SCHEMA public"),
        (Roles.App, "SELECT, INSERT, UPDATE, DELETE", "TABLE game_sessions"),
        (Roles.App, "SELECT, INSERT, UPDATE, DELETE", "TABLE game_images"),
        (Roles.App, "SELECT", "TABLE schema_versions"),
        (Roles.App, "SELECT (content_hash)", "TABLE blocked_hashes"),
        (Roles.App, "EXECUTE", "FUNCTION blocked_hash_lock(bytea)"),
        (Roles.App, "EXECUTE", "FUNCTION normalize_for_search(text)"),
        (Roles.App, "SELECT", "TABLE guild_channels"),
        (Roles.App, "SELECT, DELETE", "TABLE image_uploads"),
        (Roles.App, "INSERT (image_id), INSERT (user_id), INSERT (guild_id), INSERT (expires_at)", "TABLE image_uploads"),
        (Roles.App, "UPDATE (guild_id), UPDATE (used_at), UPDATE (expires_at)", "TABLE image_uploads"),
        (Roles.App, "SELECT", "TABLE guild_images"),
        (Roles.App, "SELECT", "TABLE guild_usage"),
        (Roles.App, "EXECUTE", "FUNCTION may_use_image(uuid)"),
        (Roles.App, "SELECT, DELETE", "TABLE idempotency_keys"),
        (
            Roles.App,
            "INSERT (user_id), INSERT (key), INSERT (fingerprint), INSERT (answer), INSERT (expires_at)",
            "TABLE idempotency_keys"),
        (Roles.App, "SELECT (image_id), SELECT (width), SELECT (height)", "TABLE image_variants"),
        (Roles.Public, "CONNECT", "DATABASE"),
        (Roles.Public, "USAGE", "SCHEMA public"),
        (
            Roles.Public,
            "SELECT (id), SELECT (content_hash), SELECT (mime_type), SELECT (image_data), SELECT (byte_length), SELECT (created_at), "
                + "SELECT (quarantined_at)",
            "TABLE game_images"),
        (
            Roles.Public,
            "SELECT (image_id), SELECT (width), SELECT (mime_type), SELECT (image_data), SELECT (byte_length), SELECT (content_hash)",
            "TABLE image_variants"),
        (Roles.Bot, "CONNECT", "DATABASE"),
        (Roles.Bot, "USAGE", "SCHEMA public"),
        (Roles.Bot, "SELECT", "TABLE game_sessions"),
        (Roles.Bot, "SELECT", "TABLE schema_versions"),
        (Roles.Bot, "SELECT (id), SELECT (mime_type), SELECT (image_data), SELECT (quarantined_at)", "TABLE game_images"),
        (Roles.Bot, "SELECT, DELETE", "TABLE outbox"),
        (Roles.Bot, "INSERT (game_id), INSERT (channel_id)", "TABLE outbox"),
        (Roles.Bot, "UPDATE (attempts), UPDATE (due_at), UPDATE (parked_at), UPDATE (reason)", "TABLE outbox"),
        (Roles.Bot, "SELECT, INSERT, UPDATE, DELETE", "TABLE announcements"),
        (Roles.Bot, "SELECT, DELETE", "TABLE guild_channels"),
        (Roles.Bot, "INSERT (channel_id), INSERT (guild_id)", "TABLE guild_channels"),
        (Roles.Bot, "UPDATE (guild_id), UPDATE (checked_at)", "TABLE guild_channels"),
        (Roles.Variants, "CONNECT", "DATABASE"),
        (Roles.Variants, "USAGE", "SCHEMA public"),
        (Roles.Variants, "SELECT", "TABLE images_without_variants"),
        (Roles.Variants, "SELECT", "TABLE schema_versions"),
        (Roles.Variants, "EXECUTE", "FUNCTION store_variants(uuid, integer, integer, bytea, integer, integer[], integer[], bytea[])"),
        (Roles.Variants, "EXECUTE", "FUNCTION refuse_variants(uuid, text)"),
    ];

    public static readonly Check Check = Check.Sql(
        "privileges",
        "each role has the privileges that it needs, and PUBLIC has none",
        """
        WITH granted AS (
            SELECT role, privilege, replace(object, 'schema_versions', history) AS object
            FROM
                (SELECT CASE WHEN to_regclass('public.schema_versions') IS NULL AND to_regclass('public.schema_history') IS NOT NULL
                    THEN 'schema_history' ELSE 'schema_versions' END) AS of_the_schema (history),
                unnest(@roles, @privileges, @objects) AS row_of (role, all_privileges, object),
                unnest(string_to_array(all_privileges, ', ')) AS privilege),
        entry AS (
            SELECT 'DATABASE' AS object, '' AS of_column, datdba AS owner, coalesce(datacl, acldefault('d', datdba)) AS acl
            FROM pg_database WHERE datname = current_database()
            UNION ALL
            SELECT 'SCHEMA public', '', nspowner, coalesce(nspacl, acldefault('n', nspowner))
            FROM pg_namespace WHERE nspname = 'public'
            UNION ALL
            SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || quote_ident(relname), '', relowner, relacl
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'TABLE ' || quote_ident(relname), format(' (%I)', attname), relowner, attacl
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
            UNION ALL
            SELECT format('FUNCTION %I(%s)', proname, oidvectortypes(proargtypes)), '', proowner,
                coalesce(proacl, acldefault('f', proowner))
            FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
        given AS (
            SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee)::text END AS role,
                form || privilege_type || of_column AS privilege, object
            FROM entry
                CROSS JOIN aclexplode(acl)
                CROSS JOIN LATERAL (SELECT '' UNION ALL SELECT 'GRANT OPTION FOR ' WHERE is_grantable) AS forms (form)
            WHERE grantee <> owner),
        named AS (
            SELECT replace(object, 'DATABASE', format('DATABASE %I', current_database())) AS name, *
            FROM (SELECT * FROM granted UNION SELECT * FROM given) AS either)
        SELECT 'problem', format('%s lacks %s on %s', role, privilege, name), format('GRANT %s ON %s TO %I', privilege, name, role)
        FROM named
            JOIN (TABLE granted EXCEPT SELECT role, privilege, object FROM given) AS missing USING (role, privilege, object)
        UNION ALL
        SELECT 'problem', format('%s has %s on %s', role, privilege, name), format('REVOKE %s ON %s FROM %s', privilege, name, role)
        FROM named
            JOIN (SELECT role, privilege, object FROM given EXCEPT TABLE granted) AS excess USING (role, privilege, object)
        WHERE role = 'PUBLIC' OR role = ANY (@ourRoles)
        UNION ALL
        SELECT 'ok',
            format('%s, an unknown role, has %s', role, string_agg(privilege || ' on ' || name, ', ' ORDER BY name, privilege)), NULL
        FROM named WHERE role <> 'PUBLIC' AND role <> ALL (@ourRoles) GROUP BY role
        UNION ALL
        SELECT 'problem', format('%s belongs to %s, not to %s', name, pg_get_userbyid(owner), @schemaOwner),
            format('ALTER %s %I OWNER TO %I', kind, name, @schemaOwner)
        FROM (
            SELECT 'TABLE', relname, relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            UNION ALL
            SELECT 'DATABASE', datname, datdba FROM pg_database WHERE datname = current_database()) AS owned (kind, name, owner)
        WHERE pg_get_userbyid(owner) <> @schemaOwner
        UNION ALL
        SELECT 'warning', 'PUBLIC may create large objects, which could fill the disk',
            format('As a superuser: REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', string_agg(name, ', '))
        FROM unnest(ARRAY['lo_creat(integer)', 'lo_create(oid)', 'lo_from_bytea(oid, bytea)']) AS name
        WHERE has_function_privilege('public', name, 'EXECUTE') HAVING count(*) > 0
        """,
        new
        {
            roles = Granted.Select(grant => grant.Role).ToArray(),
            privileges = Granted.Select(grant => grant.Privileges).ToArray(),
            objects = Granted.Select(grant => grant.On).ToArray(),
            ourRoles = RoleRights.AllRoles,
            schemaOwner = Roles.Owner,
        });
}
