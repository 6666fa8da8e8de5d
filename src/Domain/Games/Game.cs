using GameImages.Domain.Images;

namespace GameImages.Domain.Games;

/// <summary>One session of one guild, and the two pictures that announce it.</summary>
public sealed class Game(Guid id, Snowflake guildId, GameDetails details, GameStatus status, Guid? thumbnailId, Guid? bannerImageId)
{
    public Guid Id { get; } = id;
    public Snowflake GuildId { get; } = guildId;
    public GameDetails Details { get; private set; } = details;
    public GameStatus Status { get; private set; } = status;
    public Guid? ThumbnailId { get; private set; } = thumbnailId;
    public Guid? BannerImageId { get; private set; } = bannerImageId;

    /// <summary>The references that this game holds: none, one, or two, which may be to the same image.</summary>
    public IEnumerable<Guid> References => new[] { ThumbnailId, BannerImageId }.OfType<Guid>();

    /// <returns>A new game, scheduled and without pictures.</returns>
    public static Game Schedule(Snowflake guildId, GameDetails details) =>
        new(Guid.NewGuid(), guildId, details.Validated(), GameStatus.Scheduled, null, null);

    /// <returns>A new game with the same details, scheduled again, and the same pictures: who keeps it counts their references.</returns>
    public Game Clone() => new(Guid.NewGuid(), GuildId, Details, GameStatus.Scheduled, ThumbnailId, BannerImageId);

    public void Change(GameDetails changed) => Details = changed.Validated();

    /// <summary>Moves the game on; setting the status that it has already changes nothing.</summary>
    public void MoveTo(GameStatus next)
    {
        if (next != Status && !Status.CanBecome(next))
            throw new BrokenRuleException(nameof(Status), $"A game that is {Status} cannot become {next}.");

        Status = next;
    }

    public void ShowThumbnail(GameImage? image) => ThumbnailId = image?.Id;

    public void ShowBanner(GameImage? image) => BannerImageId = image?.Id;
}
