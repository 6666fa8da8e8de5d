namespace GameImages.Infrastructure.Server;

/// <summary>Games are seen by their guild alone.</summary>
internal static class RowSecurityCheck
{
    // As PostgreSQL prints what the migration says.
    private const string Policy = "(guild_id IN ( SELECT unnest((string_to_array(NULLIF(current_setting('app.current_guild_ids'::text, true), ''::text), ','::text))::bigint[]) AS unnest))";

    public static readonly Check Check = Check.Sql("row-level security", "enabled and forced on game_sessions, with its two policies",
        """
        SELECT 'problem', format('not %s on game_sessions', what), format('ALTER TABLE game_sessions %s ROW LEVEL SECURITY', verb)
        FROM pg_class CROSS JOIN LATERAL (VALUES (relrowsecurity, 'enabled', 'ENABLE'), (relforcerowsecurity, 'forced', 'FORCE')) AS switch (is_on, what, verb)
        WHERE pg_class.oid = 'public.game_sessions'::regclass AND NOT is_on
        UNION ALL
        SELECT 'problem', 'the policy members_of_the_guild is not there, or not as it was made',
            format('DROP POLICY IF EXISTS members_of_the_guild ON game_sessions; CREATE POLICY members_of_the_guild ON game_sessions USING %s', @policy)
        WHERE NOT EXISTS (
            SELECT FROM pg_policies
            WHERE schemaname = 'public' AND tablename = 'game_sessions' AND policyname = 'members_of_the_guild'
                AND permissive = 'PERMISSIVE' AND cmd = 'ALL' AND roles = '{public}' AND qual = @policy AND with_check IS NULL)
        UNION ALL
        SELECT 'problem', 'the policy games_to_announce is not there, or not as it was made',
            'DROP POLICY IF EXISTS games_to_announce ON game_sessions; CREATE POLICY games_to_announce ON game_sessions FOR SELECT TO gameimages_bot USING (true)'
        WHERE NOT EXISTS (
            SELECT FROM pg_policies
            WHERE schemaname = 'public' AND tablename = 'game_sessions' AND policyname = 'games_to_announce'
                AND permissive = 'PERMISSIVE' AND cmd = 'SELECT' AND roles = '{gameimages_bot}' AND qual = 'true')
        UNION ALL
        SELECT 'problem', format('there is another policy: %s on %s', policyname, tablename), format('DROP POLICY %I ON %I', policyname, tablename)
        FROM pg_policies WHERE schemaname = 'public' AND (tablename, policyname) NOT IN (('game_sessions', 'members_of_the_guild'), ('game_sessions', 'games_to_announce'))
        """, new { policy = Policy });
}
