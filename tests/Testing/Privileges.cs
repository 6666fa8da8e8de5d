namespace GameImages.Testing;

/// <summary>The privileges of each role in a database.</summary>
public static class Privileges
{
    /// <summary>Selects a line for each role and object, in the form of privileges.approved.txt.</summary>
    public const string Sql =
        """
        WITH role AS (
            SELECT rolname, oid FROM pg_roles WHERE rolname LIKE 'gameimages\_%'),
        relation AS (
            SELECT oid, relname, relkind FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S')),
        line AS (
            SELECT rolname, '1 attributes' AS what, concat_ws(' ',
                CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
                CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
                CASE WHEN rolreplication THEN 'REPLICATION' END, CASE WHEN rolcanlogin THEN 'LOGIN' END) AS may
            FROM pg_roles WHERE rolname LIKE 'gameimages\_%'
            UNION ALL
            SELECT rolname, '2 member of', string_agg(other.groupname, ' ' ORDER BY other.groupname)
            FROM role JOIN (SELECT member, roleid::regrole::text AS groupname FROM pg_auth_members) AS other ON member = role.oid
            GROUP BY rolname
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
            FROM role CROSS JOIN relation
                CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
            WHERE relkind <> 'S' AND has_table_privilege(rolname, relation.oid, privilege) GROUP BY rolname, relname
            UNION ALL
            SELECT rolname, format('6 columns of %s: %s', relname, privilege), string_agg(attname, ' ' ORDER BY attnum)
            FROM role CROSS JOIN relation JOIN pg_attribute ON attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
                CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) AS privilege
            WHERE relkind <> 'S' AND has_column_privilege(rolname, relation.oid, attnum, privilege)
                AND NOT has_table_privilege(rolname, relation.oid, privilege)
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
            FROM pg_database CROSS JOIN aclexplode(coalesce(datacl, acldefault('d', datdba)))
            WHERE datname = current_database() AND grantee = 0 HAVING count(*) > 0
            UNION ALL
            SELECT 'everybody', '4 schema', string_agg(privilege_type, ' ' ORDER BY privilege_type)
            FROM pg_namespace CROSS JOIN aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
            WHERE nspname = 'public' AND grantee = 0 HAVING count(*) > 0
            UNION ALL
            SELECT 'everybody', '5 table ' || relname, string_agg(privilege_type, ' ' ORDER BY privilege_type)
            FROM pg_class CROSS JOIN aclexplode(relacl) WHERE relnamespace = 'public'::regnamespace AND grantee = 0 GROUP BY relname
            UNION ALL
            SELECT 'row security', relname,
                concat_ws(' ', CASE WHEN relrowsecurity THEN 'enabled' END, CASE WHEN relforcerowsecurity THEN 'forced' END)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity
            UNION ALL
            SELECT 'row security', format('%s: policy %s', tablename, policyname),
                concat_ws(' ', permissive, 'for', cmd, 'to', array_to_string(roles, ','), 'using', qual, 'with check', with_check)
            FROM pg_policies WHERE schemaname = 'public')
        SELECT format('%s | %s | %s', rolname, what, may) FROM line ORDER BY rolname COLLATE "C", what COLLATE "C"
        """;
}
