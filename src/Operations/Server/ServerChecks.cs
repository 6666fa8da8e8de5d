namespace GameImages.Operations.Server;

/// <summary>Checks the settings of the server.</summary>
internal static class ServerChecks
{
    public static readonly Check Version = Check.Sql(
        "version",
        "",
        """
        SELECT CASE WHEN is_supported THEN 'ok' ELSE 'problem' END, format('PostgreSQL %s', current_setting('server_version')),
            CASE WHEN NOT is_supported THEN 'Upgrade it to 15 or later.' END
        FROM (SELECT current_setting('server_version_num')::int >= 150000 AS is_supported) AS server
        """);

    public static readonly Check Extensions = Check.Sql(
        "extensions",
        "none is installed, and none is needed",
        """
        SELECT 'ok', format('%s %s is installed; GameImages does not need it', extname, extversion), NULL
        FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname
        """);

    public static readonly Check Durability = Check.Sql(
        "durability",
        "fsync, full_page_writes, synchronous_commit and data checksums are on",
        """
        SELECT health, format('%s is off: %s', name, harm), to_do
        FROM pg_settings JOIN (VALUES
            ('fsync', 'problem', 'a crash of the machine may destroy the database',
                'ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf()'),
            ('full_page_writes', 'problem', 'a crash of the machine may destroy pages',
                'ALTER SYSTEM SET full_page_writes = on; SELECT pg_reload_conf()'),
            ('synchronous_commit', 'problem', 'a crash loses changes that were confirmed',
                'ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf()'),
            ('data_checksums', 'warning', 'damage by the disk is not detected',
                'Stop the server, run pg_checksums --enable, and start it.')) AS wanted (name, health, harm, to_do) USING (name)
        WHERE setting = 'off'
        UNION ALL
        SELECT 'problem', format('synchronous_commit is off for %s', scope), format('ALTER %s RESET synchronous_commit', scope)
        FROM (
            SELECT concat_ws(' IN ', 'ROLE ' || quote_ident(rolname), 'DATABASE ' || quote_ident(datname)) AS scope, setconfig
            FROM pg_db_role_setting
                LEFT JOIN pg_roles ON pg_roles.oid = setrole
                LEFT JOIN pg_database ON pg_database.oid = setdatabase
            WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))) AS override
        WHERE 'synchronous_commit=off' = ANY (setconfig)
        """);

    public static readonly Check Autovacuum = Check.Sql(
        "autovacuum",
        "on",
        """
        SELECT 'warning', format('%s is off: tables grow, and the planner uses old statistics', name),
            format('ALTER SYSTEM SET %s = on; SELECT pg_reload_conf()', name)
        FROM pg_settings WHERE name IN ('autovacuum', 'track_counts') AND setting = 'off'
        UNION ALL
        SELECT 'warning', format('autovacuum is off for %s', relname),
            format('ALTER TABLE %s RESET (autovacuum_enabled)', pg_class.oid::regclass)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND 'autovacuum_enabled=false' = ANY (reloptions)
        """);
}
