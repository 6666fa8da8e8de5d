namespace GameImages.Operations.Server;

/// <summary>Checks that no session blocks others for long.</summary>
internal static class SessionCheck
{
    public static Check Of(TimeSpan patience) => Check.Sql(
        "sessions",
        "none is idle in a transaction, or waits for a lock, for long",
        """
        SELECT 'warning', format('the sessions of other roles are not visible to %s', current_user),
            'Set ConnectionStrings__Administrator to a superuser or a member of pg_monitor.'
        WHERE NOT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
        UNION ALL
        SELECT 'problem',
            format(
                'process %s (%s, %s) is idle in a transaction for %s',
                pid, usename, application_name, date_trunc('second', clock_timestamp() - state_change)),
            format('End the program, or SELECT pg_terminate_backend(%s)', pid)
        FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > @patience
        UNION ALL
        SELECT 'problem',
            format(
                'process %s (%s, %s) waits for a lock for %s',
                pid, usename, application_name, date_trunc('second', clock_timestamp() - waitstart)),
            format(
                'It waits for process %s: end that program, or SELECT pg_terminate_backend for it.',
                array_to_string(pg_blocking_pids(pid), ', '))
        FROM pg_stat_activity
            JOIN (SELECT pid, min(waitstart) AS waitstart FROM pg_locks WHERE NOT granted GROUP BY pid) AS waiting USING (pid)
        WHERE datname = current_database() AND clock_timestamp() - waitstart > @patience
        """,
        new { patience });
}
