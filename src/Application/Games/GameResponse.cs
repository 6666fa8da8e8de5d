using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using GameImages.Application.Images;
using GameImages.Domain.Games;

namespace GameImages.Application.Games;

/// <summary>A game as its guild sees it. It says where its images are, and never has their bytes.</summary>
public sealed record GameResponse
{
    private const int VersionBytes = 16;

    public required Guid Id { get; init; }
    public required Snowflake GuildId { get; init; }
    public required Snowflake ChannelId { get; init; }
    public required Snowflake HostId { get; init; }
    public required string? HostName { get; init; }
    public required string Title { get; init; }
    public required string? Description { get; init; }
    public required string? SignupInstructions { get; init; }
    public required string? Location { get; init; }
    public required DateTime ScheduledAt { get; init; }
    public required int? ExpectedDurationMinutes { get; init; }
    public required int? MaxPlayers { get; init; }
    public required GameStatus Status { get; init; }
    public required Guid? ThumbnailId { get; init; }
    public required Guid? BannerImageId { get; init; }

    /// <summary>Null if the game has no thumbnail, or if it is in quarantine.</summary>
    public ShownImage? Thumbnail { get; init; }

    /// <summary>Null if the game has no banner, or if it is in quarantine.</summary>
    public ShownImage? Banner { get; init; }

    public string? ThumbnailAlt { get; init; }
    public string? BannerAlt { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }

    /// <summary>
    /// A hash of what the game itself has. Every change to the game changes it, and it reveals nothing else. Variants of its images are no
    /// change to the game.
    /// </summary>
    public string Version => Hash(
    [
        Id, GuildId.Value, ChannelId.Value, HostId.Value, HostName, Title, Description, SignupInstructions, Location, ScheduledAt,
        ExpectedDurationMinutes, MaxPlayers, Status.ToString(), ThumbnailId, BannerImageId, CreatedAt, UpdatedAt,
        .. AltTexts(),
    ]);

    /// <summary>A hash of what the response says about the images besides their ids. It changes when variants are made.</summary>
    public string ImagesVersion => Hash([Thumbnail, Banner]);

    // A game without these texts has the version that it had before they existed.
    private string?[] AltTexts() => ThumbnailAlt is null && BannerAlt is null ? [] : [ThumbnailAlt, BannerAlt];

    private static string Hash(object?[] values) =>
        Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(values)).AsSpan(..VersionBytes));
}
