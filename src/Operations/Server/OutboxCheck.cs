namespace GameImages.Operations.Server;

/// <summary>Changes of games come to the outbox, and leave it.</summary>
internal static class OutboxCheck
{
    public static readonly Check Check = Check.Sql(
        "announcements",
        "every change of a game is kept until it is announced, and none waits for long",
        """
        SELECT 'problem', format('the trigger %s of game_sessions is missing or disabled', name),
            format('ALTER TABLE game_sessions ENABLE TRIGGER %s; where it is missing, gameimages script --from 6 --to 7 has its text', name)
        FROM unnest(ARRAY['add_to_outbox', 'add_change_to_outbox']) AS name
        WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'game_sessions'::regclass AND tgname = name AND tgenabled IN ('O', 'A'))
        UNION ALL
        SELECT 'warning', format('%s parked, the eldest since %s', count(DISTINCT game_id), date_trunc('minute', min(parked_at))), 'gameimages outbox list says why'
        FROM outbox WHERE parked_at IS NOT NULL HAVING count(*) > 0
        UNION ALL
        SELECT 'warning', format('%s waiting, the eldest since %s', count(DISTINCT game_id), date_trunc('minute', min(created_at))),
            'Start the bot, or see its log; where there is none, gameimages outbox drop --all'
        FROM outbox WHERE parked_at IS NULL HAVING min(created_at) < now() - interval '1 hour'
        """);
}
