namespace GameImages.Operations.Server;

/// <summary>
/// Checks that each guild sees only its own games, channels and counts, that each member sees only the own uploads and keys, and that no
/// game names a channel of another guild.
/// </summary>
internal static class RowSecurityCheck
{
    // The condition of the migrations, as PostgreSQL prints it.
    private const string OfGuild =
        "(guild_id IN ( SELECT unnest((string_to_array("
        + "NULLIF(current_setting('app.current_guild_ids'::text, true), ''::text), ','::text))::bigint[]) AS unnest))";

    private const string OfGuildCounts =
        "(guild_id = ANY ((string_to_array("
        + "NULLIF(current_setting('app.current_guild_ids'::text, true), ''::text), ','::text))::bigint[]))";

    private const string OfCallersGuild = $"((guild_id IS NULL) OR {OfGuildCounts})";
    private const string Sent = $"(may_use_image(image_id) AND {OfCallersGuild})";
    private const string OfMember = "(user_id = current_setting('app.current_user_id'::text, true))";
    private const string Expired = "(expires_at <= now())";

    private static readonly (string Table, string Name, string Command, string Role, string Condition)[] Policies =
    [
        ("game_sessions", "members_of_the_guild", "ALL", "public", OfGuild),
        ("game_sessions", "games_to_announce", "SELECT", "gameimages_bot", "true"),
        ("guild_channels", "channels_of_the_guild", "SELECT", "gameimages_app", OfGuild),
        ("guild_channels", "channels_to_record", "ALL", "gameimages_bot", "true"),
        ("image_uploads", "uploads_of_the_member", "ALL", "gameimages_app", OfMember),
        ("image_uploads", "uploads_of_sent_images", "INSERT", "gameimages_app", Sent),
        ("image_uploads", "uploads_for_the_guild", "UPDATE", "gameimages_app", OfCallersGuild),
        ("image_uploads", "expired_uploads_to_find", "SELECT", "gameimages_app", Expired),
        ("image_uploads", "expired_uploads_to_end", "DELETE", "gameimages_app", Expired),
        ("guild_images", "images_of_the_guild", "SELECT", "gameimages_app", OfGuildCounts),
        ("guild_usage", "usage_of_the_guild", "SELECT", "gameimages_app", OfGuildCounts),
        ("idempotency_keys", "keys_of_the_member", "ALL", "public", OfMember),
        ("idempotency_keys", "expired_keys_to_find", "SELECT", "public", Expired),
        ("idempotency_keys", "expired_keys_to_delete", "DELETE", "public", Expired),
    ];

    public static readonly Check Check = Check.Sql(
        "row-level security",
        "enabled and forced on game_sessions and idempotency_keys, enabled on four other tables, with the right policies",
        """
        WITH expected AS (
            SELECT *, CASE WHEN cmd IN ('INSERT', 'UPDATE') THEN 'RESTRICTIVE' ELSE 'PERMISSIVE' END AS kind,
                CASE WHEN cmd IN ('INSERT', 'UPDATE') THEN 'WITH CHECK' ELSE 'USING' END AS clause
            FROM unnest(@tables, @names, @commands, @policyRoles, @conditions) AS policy (tablename, policyname, cmd, role, condition))
        SELECT 'problem', format('not %s on %s', what, relname), format('ALTER TABLE %s %s ROW LEVEL SECURITY', relname, verb)
        FROM pg_class CROSS JOIN LATERAL (VALUES
            (relrowsecurity, 'enabled', 'ENABLE'),
            (relforcerowsecurity OR relname NOT IN ('game_sessions', 'idempotency_keys'), 'forced', 'FORCE')) AS switch (is_on, what, verb)
        WHERE relnamespace = 'public'::regnamespace AND relname IN (SELECT tablename FROM expected) AND NOT is_on
        UNION ALL
        SELECT 'problem', format('the policy %s is missing, or has another definition', policyname),
            format('DROP POLICY IF EXISTS %1$s ON %2$s; CREATE POLICY %1$s ON %2$s AS %3$s FOR %4$s TO %5$s %6$s (%7$s)',
                policyname, tablename, kind, cmd, role, clause, condition)
        FROM expected
        WHERE NOT EXISTS (
            SELECT FROM pg_policies AS found
            WHERE schemaname = 'public' AND permissive = kind AND roles = ARRAY[expected.role]::name[]
                AND (found.tablename, found.policyname, found.cmd, coalesce(qual, with_check))
                    = (expected.tablename, expected.policyname, expected.cmd, condition)
                AND CASE clause WHEN 'USING' THEN with_check ELSE qual END IS NULL)
        UNION ALL
        SELECT 'problem', format('there is an unknown policy: %s on %s', policyname, tablename),
            format('DROP POLICY %I ON %I', policyname, tablename)
        FROM pg_policies
        WHERE schemaname = 'public' AND (tablename, policyname) NOT IN (SELECT tablename, policyname FROM expected)
        UNION ALL
        SELECT 'problem', format('the trigger %s of game_sessions is missing or disabled', name),
            CASE WHEN tgname IS NULL THEN 'gameimages script --from 7 --to 8 prints it'
                ELSE format('ALTER TABLE game_sessions ENABLE TRIGGER %s', name) END
        FROM unnest(ARRAY['refuse_foreign_channel', 'refuse_change_to_foreign_channel']) AS name
            LEFT JOIN pg_trigger ON tgrelid = 'public.game_sessions'::regclass AND tgname = name
        WHERE tgname IS NULL OR tgenabled NOT IN ('O', 'A')
        """,
        new
        {
            tables = Policies.Select(policy => policy.Table).ToArray(),
            names = Policies.Select(policy => policy.Name).ToArray(),
            commands = Policies.Select(policy => policy.Command).ToArray(),
            policyRoles = Policies.Select(policy => policy.Role).ToArray(),
            conditions = Policies.Select(policy => policy.Condition).ToArray(),
        });
}
