namespace GameImages.Testing;

/// <summary>Shows whether a test has changed the schema of its database.</summary>
internal static class SchemaFingerprint
{
    /// <summary>Selects a hash of the tables, columns, constraints, triggers, functions, privileges and settings.</summary>
    public const string Sql =
        """
        WITH line (text) AS (
            SELECT concat(relname, relkind, relacl, relrowsecurity, relforcerowsecurity)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat(attrelid::regclass, attname, atttypid, attnotnull, attacl, attisdropped)
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
            UNION ALL
            SELECT concat(conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat(tgname, tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger
            UNION ALL
            SELECT concat(pg_get_functiondef(oid), proacl) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
            UNION ALL
            SELECT pg_policies::text FROM pg_policies
            UNION ALL
            SELECT setconfig::text FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
            WHERE datname = current_database())
        SELECT md5(coalesce(string_agg(text, E'\n' ORDER BY text), '')) FROM line
        """;
}
