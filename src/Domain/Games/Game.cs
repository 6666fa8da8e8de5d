using GameImages.Domain.Images;

namespace GameImages.Domain.Games;

/// <summary>A game night of one guild, and the two images that announce it.</summary>
public sealed class Game(Guid id, Snowflake guildId, GameDetails details, GameStatus status, Guid? thumbnailId, Guid? bannerImageId)
{
    public Guid Id { get; } = id;
    public Snowflake GuildId { get; } = guildId;
    public GameDetails Details { get; private set; } = details;
    public GameStatus Status { get; private set; } = status;
    public Guid? ThumbnailId { get; private set; } = thumbnailId;
    public Guid? BannerImageId { get; private set; } = bannerImageId;

    /// <summary>The images that this game refers to: none, one or two. Two references may be to the same image.</summary>
    public IEnumerable<Guid> References => new[] { ThumbnailId, BannerImageId }.OfType<Guid>();

    /// <returns>A new game, scheduled and without images.</returns>
    /// <exception cref="BrokenRuleException">The details break a rule.</exception>
    public static Game Schedule(Snowflake guildId, GameDetails details) =>
        new(Guid.NewGuid(), guildId, details.Validated(), GameStatus.Scheduled, null, null);

    /// <summary>Copies the game. The caller must add the references of the copy to the counts of its images.</summary>
    /// <returns>A new game with the same details and images, scheduled again.</returns>
    public Game Clone() => new(Guid.NewGuid(), GuildId, Details, GameStatus.Scheduled, ThumbnailId, BannerImageId);

    /// <exception cref="BrokenRuleException">The details break a rule.</exception>
    public void Change(GameDetails changed) => Details = changed.Validated(before: Details);

    /// <summary>Changes the status. Setting the current status again has no effect.</summary>
    /// <exception cref="BrokenRuleException">The new status may not follow the current one.</exception>
    public void MoveTo(GameStatus next)
    {
        if (next != Status && !Status.CanBecome(next))
            throw new BrokenRuleException(nameof(Status), $"A game that is {Status} cannot become {next}.");

        Status = next;
    }

    /// <summary>Shows another thumbnail. The text that describes the old one does not fit it, and is deleted.</summary>
    /// <param name="image">Null removes the thumbnail.</param>
    public void ShowThumbnail(GameImage? image)
    {
        if (image?.Id != ThumbnailId)
            Details = Details with { ThumbnailAlt = null };

        ThumbnailId = image?.Id;
    }

    /// <summary>Shows another banner. The text that describes the old one does not fit it, and is deleted.</summary>
    /// <param name="image">Null removes the banner.</param>
    public void ShowBanner(GameImage? image)
    {
        if (image?.Id != BannerImageId)
            Details = Details with { BannerAlt = null };

        BannerImageId = image?.Id;
    }
}
