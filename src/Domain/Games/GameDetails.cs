namespace GameImages.Domain.Games;

/// <summary>The fields of a game that people write: all except its guild, its status and its images.</summary>
/// <remarks>
/// Lengths count code points, as the database and the OpenAPI document do: an emoji may be one code point or several. The bot cuts texts
/// to the limits of Discord, which counts UTF-16 code units.
/// </remarks>
public sealed record GameDetails
{
    public const int TitleMaxLength = 200;
    public const int HostNameMaxLength = 100;
    public const int DescriptionMaxLength = 2000;
    public const int SignupInstructionsMaxLength = 1000;
    public const int LocationMaxLength = 500;
    public const int AltMaxLength = 1000;
    public const int PlayersLimit = 100;

    /// <summary>The first instant that Discord can show. An earlier start is a mistake.</summary>
    public static readonly DateTime EarliestStart = DateTime.UnixEpoch;

    /// <summary>The end of the last year that every client can write. A game starts before it.</summary>
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

    /// <summary>What the thumbnail shows, for people who do not see it. A text without a visible character is null.</summary>
    public string? ThumbnailAlt { get; init => field = Visible(value); }

    /// <summary>What the banner shows, for people who do not see it. A text without a visible character is null.</summary>
    public string? BannerAlt { get; init => field = Visible(value); }

    /// <param name="before">
    /// The details that a change replaces. Earlier versions accepted titles that show nothing. A game keeps such a title until it changes.
    /// </param>
    internal GameDetails Validated(GameDetails? before = null)
    {
        var startsInRange = ScheduledAt >= EarliestStart && ScheduledAt < StartLimit;

        Require(Title == before?.Title || GameText.IsVisible(Title), nameof(Title), "A game needs a title with a visible character.");
        RequireLength(Title, TitleMaxLength, nameof(Title));
        RequireLength(HostName, HostNameMaxLength, nameof(HostName));
        RequireLength(Description, DescriptionMaxLength, nameof(Description));
        RequireLength(SignupInstructions, SignupInstructionsMaxLength, nameof(SignupInstructions));
        RequireLength(Location, LocationMaxLength, nameof(Location));
        RequireLength(ThumbnailAlt, AltMaxLength, nameof(ThumbnailAlt));
        RequireLength(BannerAlt, AltMaxLength, nameof(BannerAlt));
        Require(ScheduledAt.Kind == DateTimeKind.Utc, nameof(ScheduledAt), "The start of a game must be in UTC.");
        Require(startsInRange, nameof(ScheduledAt), "A game must start between the years 1970 and 9998.");
        Require(ExpectedDurationMinutes is null or >= 1, nameof(ExpectedDurationMinutes), "A game must last at least one minute.");
        Require(MaxPlayers is null or (>= 1 and <= PlayersLimit), nameof(MaxPlayers), $"A game must have 1 to {PlayersLimit} players.");
        return this;
    }

    private static string? Visible(string? text) => text is not null && GameText.IsVisible(text) ? text : null;

    private static void RequireLength(string? text, int limit, string member) =>
        Require(text is null || GameText.Length(text) <= limit, member, $"At most {limit} characters.");

    private static void Require(bool holds, string member, string rule)
    {
        if (!holds)
            throw new BrokenRuleException(member, rule);
    }
}
