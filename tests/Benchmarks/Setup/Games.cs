using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Setup;

/// <summary>Creates a million games of a hundred guilds.</summary>
internal sealed class Games(Database database)
{
    private const int PathCount = 1000;

    private bool areInserted;

    /// <returns>The paths of some of the member's games.</returns>
    public async Task<IReadOnlyList<string>> PathsAsync(CancellationToken ct)
    {
        await InsertAsync(ct);
        return await database.QueryAsync<string>(
            $"SELECT '/api/v1/games/' || id FROM game_sessions WHERE guild_id = {PublishedService.Guild} ORDER BY id LIMIT {PathCount}",
            ct);
    }

    public async Task InsertAsync(CancellationToken ct)
    {
        if (areInserted)
            return;

        // Without its triggers. Each game would change the row that counts the games of its guild, and PostgreSQL keeps every version of a
        // row until the transaction ends.
        await database.ExecuteAsync(
            """
            SET session_replication_role = replica;
            INSERT INTO game_sessions (guild_id, channel_id, host_id, host_name, title, description, location, scheduled_at,
                expected_duration_minutes, max_players)
            SELECT 1 + number % 100, 5, 7, 'Paul', 'Dune: Imperium', 'We play until a player has twelve points.', 'At the table',
                now() + number * interval '1 minute', 120, 4
            FROM generate_series(1, 1000000) AS number
            """, ct);
        areInserted = true;
    }
}
