namespace GameImages.Domain.Games;

/// <summary>What people write about a game: everything but its guild, its status and its pictures.</summary>
/// <remarks>Lengths count UTF-16 code units, as Discord and browsers do; the database counts code points, which are never more.</remarks>
public sealed record GameDetails
{
    public const int TitleMaxLength = 200;
    public const int HostNameMaxLength = 100;
    public const int DescriptionMaxLength = 2000;
    public const int SignupInstructionsMaxLength = 1000;
    public const int LocationMaxLength = 500;
    public const int PlayersLimit = 100;

    /// <summary>Before the first instant that Discord can show, or after the last year that every client can write, a start is a mistake.</summary>
    public static readonly DateTime EarliestStart = DateTime.UnixEpoch;
    public static readonly DateTime StartLimit = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public required Snowflake ChannelId { get; init; }
    public required Snowflake HostId { get; init; }
    public string? HostName { get; init; }
    public required string Title { get; init; }
    public string? Description { get; init; }
    public string? SignupInstructions { get; init; }
    public string? Location { get; init; }

    /// <summary>When the game starts, UTC.</summary>
    public required DateTime ScheduledAt { get; init; }

    public int? ExpectedDurationMinutes { get; init; }
    public int? MaxPlayers { get; init; }

    internal GameDetails Checked()
    {
        Require(!string.IsNullOrWhiteSpace(Title), "title", "A game has a title.");
        RequireLength(Title, TitleMaxLength, "title");
        RequireLength(HostName, HostNameMaxLength, "host_name");
        RequireLength(Description, DescriptionMaxLength, "description");
        RequireLength(SignupInstructions, SignupInstructionsMaxLength, "signup_instructions");
        RequireLength(Location, LocationMaxLength, "location");
        Require(ScheduledAt.Kind == DateTimeKind.Utc, "scheduled_at", "Times are UTC.");
        Require(
            ScheduledAt >= EarliestStart && ScheduledAt < StartLimit,
            "scheduled_at",
            "A game starts between the years 1970 and 9998.");
        Require(ExpectedDurationMinutes is null or >= 1, "expected_duration_minutes", "A game lasts at least a minute.");
        Require(MaxPlayers is null or (>= 1 and <= PlayersLimit), "max_players", $"A game has 1 to {PlayersLimit} players.");
        return this;
    }

    private static void RequireLength(string? text, int limit, string field) =>
        Require(text is null || text.Length <= limit, field, $"At most {limit} characters.");

    private static void Require(bool holds, string field, string rule)
    {
        if (!holds)
            throw new BrokenRuleException(field, rule);
    }
}
