using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using GameImages.Domain.Games;

namespace GameImages.Application.Games;

/// <summary>A game as its guild sees it. It has the ids of its images and never their bytes.</summary>
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
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }

    /// <summary>A hash of all properties above. Every change to the game changes it, and it reveals nothing else.</summary>
    public string Version => Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object?[]>(
    [
        Id, GuildId.Value, ChannelId.Value, HostId.Value, HostName, Title, Description, SignupInstructions, Location, ScheduledAt,
        ExpectedDurationMinutes, MaxPlayers, Status.ToString(), ThumbnailId, BannerImageId, CreatedAt, UpdatedAt,
    ])).AsSpan(..VersionBytes));
}
