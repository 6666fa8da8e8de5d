namespace GameImages.Operations.Server;

/// <summary>Checks that changes of games reach the outbox, and that the bot announces them.</summary>
internal static class OutboxCheck
{
    public static readonly Check Check = Check.Sql(
        "announcements",
        "every change of a game stays in the outbox until the bot announces it, and no change waits for long",
        """
        SELECT 'problem', format('the trigger %s of game_sessions is missing or disabled', name),
            format(
                'ALTER TABLE game_sessions ENABLE TRIGGER %s; if it is missing, gameimages script --from %s --to %s prints it',
                name, version - 1, version)
        FROM (VALUES ('add_to_outbox', 7), ('add_change_to_outbox', 9)) AS needed (name, version)
        WHERE NOT EXISTS (
            SELECT FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
            WHERE tgrelid = 'game_sessions'::regclass AND tgname = name AND tgenabled IN ('O', 'A') AND proname = name)
        UNION ALL
        SELECT 'warning',
            format('%s parked, the oldest since %s', count(DISTINCT game_id), date_trunc('minute', min(parked_at))),
            'gameimages outbox list shows the reasons'
        FROM outbox WHERE parked_at IS NOT NULL HAVING count(*) > 0
        UNION ALL
        SELECT 'warning',
            format('%s waiting, the oldest since %s', count(DISTINCT game_id), date_trunc('minute', min(created_at))),
            'Start the bot, or read its log. If you use no bot: gameimages outbox drop --all'
        FROM outbox WHERE parked_at IS NULL HAVING min(created_at) < now() - interval '1 hour'
        """);
}
