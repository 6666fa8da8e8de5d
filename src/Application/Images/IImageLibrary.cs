using GameImages.Domain.Games;
using GameImages.Domain.Images;

namespace GameImages.Application.Images;

/// <summary>An image that the caller may show on a game.</summary>
/// <param name="Width">
/// The width at which it is shown, in pixels, like the height. Null for an image of schema version 1 whose header states no size.
/// </param>
/// <param name="UsedAt">When a game of the guild began to show it, or the caller uploaded it.</param>
/// <param name="Games">The number of games of the caller's guilds that show it.</param>
/// <param name="ExpiresAt">When the caller's upload ends; null if the caller has none.</param>
/// <param name="Image">Null if the image is in quarantine.</param>
public sealed record LibraryImage(
    Guid Id, ImageFormat MimeType, int? Width, int? Height, int ByteLength, DateTime UsedAt, long Games, DateTime? ExpiresAt,
    ShownImage? Image)
{
    public string Url => PublicImagePath.Of(Id, MimeType);

    /// <inheritdoc cref="ShownImage"/>
    public string? Placeholder => Image?.Placeholder;

    /// <inheritdoc cref="ShownImage"/>
    public IReadOnlyList<ShownVariant> Variants => Image?.Variants ?? [];
}

/// <summary>What a guild has, as <see cref="GuildUsage"/> counts it.</summary>
public sealed record GuildUse(long Games, long Images, long Bytes);

/// <summary>Reads the images that the caller may show on games.</summary>
public interface IImageLibrary
{
    /// <returns>At most <paramref name="limit"/> images after the cursor.</returns>
    Task<IReadOnlyList<LibraryImage>> ListAsync(ListImages filter, int limit, CancellationToken ct);

    /// <param name="guildId">One of the caller's guilds.</param>
    Task<GuildUse> GetUseAsync(Snowflake guildId, CancellationToken ct);
}
