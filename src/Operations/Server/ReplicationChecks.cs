namespace GameImages.Operations.Server;

/// <summary>Checks that standbys keep up, and that no unused replication slot fills the disk.</summary>
internal static class ReplicationChecks
{
    private const string CurrentLocation =
        "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END";

    public static readonly Check Standbys = Check.Sql(
        "replication",
        "no standby is connected",
        $"""
        SELECT 'problem', 'this server is a standby, which is read-only', 'Connect to the primary server.' WHERE pg_is_in_recovery()
        UNION ALL
        SELECT 'warning', format('not visible to %s', current_user),
            'Set ConnectionStrings__Administrator to a superuser or a member of pg_monitor.'
        WHERE NOT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
        UNION ALL
        SELECT CASE WHEN is_late THEN 'warning' ELSE 'ok' END,
            format(
                'standby %s (%s) is %s and %s behind',
                application_name, state, pg_size_pretty(bytes), date_trunc('milliseconds', coalesce(replay_lag, '0'))),
            CASE WHEN is_late THEN 'Check the standby''s log, its load and the network.' END
        FROM pg_stat_replication
            CROSS JOIN LATERAL (SELECT pg_wal_lsn_diff({CurrentLocation}, replay_lsn)) AS lag (bytes)
            CROSS JOIN LATERAL (SELECT replay_lag > interval '1 minute' OR bytes > 1e9) AS lateness (is_late)
        WHERE replay_lsn IS NOT NULL
        """);

    public static readonly Check Slots = Check.Sql(
        "replication slots",
        "no inactive slot keeps write-ahead log",
        $"""
        SELECT 'warning', format('%s is inactive and keeps %s of write-ahead log', slot_name, pg_size_pretty(bytes)),
            format('Start the program that reads it. If it is not used any more: SELECT pg_drop_replication_slot(%L)', slot_name)
        FROM pg_replication_slots CROSS JOIN LATERAL (SELECT pg_wal_lsn_diff({CurrentLocation}, restart_lsn)) AS kept (bytes)
        WHERE NOT active AND restart_lsn IS NOT NULL
        """);
}
