namespace GameImages.Operations.Server;

/// <summary>Checks that changes of games reach the outbox, and that the bot announces them.</summary>
internal static class OutboxCheck
{
    public static readonly Check Check = Check.Sql(
        "announcements",
        "every change of a game is kept until it is announced, and none waits for long",
        """
        SELECT 'problem', format('the trigger %s of game_sessions is missing or disabled', name),
            format('ALTER TABLE game_sessions ENABLE TRIGGER %s; if it is missing, gameimages script --from 6 --to 7 prints it', name)
        FROM unnest(ARRAY['add_to_outbox', 'add_change_to_outbox']) AS name
        WHERE NOT EXISTS (
            SELECT FROM pg_trigger WHERE tgrelid = 'game_sessions'::regclass AND tgname = name AND tgenabled IN ('O', 'A'))
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
