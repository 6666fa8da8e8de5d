namespace GameImages.Infrastructure.Games;

internal static class GameSql
{
    /// <summary>The columns of a game's response.</summary>
    public const string ResponseColumns =
        """
        id, guild_id, channel_id, host_id, host_name, title, description, signup_instructions, location, scheduled_at,
        expected_duration_minutes, max_players, status, thumbnail_id, banner_image_id, created_at, updated_at
        """;
}
