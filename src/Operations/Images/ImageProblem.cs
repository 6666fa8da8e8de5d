namespace GameImages.Operations.Images;

public enum ImageProblemKind
{
    /// <summary>The reference count of the image is not the number of its references.</summary>
    WrongCount,

    /// <summary>Neither a game nor an upload refers to the image, whatever its reference count is.</summary>
    Unreferenced,

    /// <summary>A game or an upload refers to a missing image.</summary>
    DanglingReference,

    /// <summary>A row of guild_images is not what the guild's games and uploads say.</summary>
    WrongGuildImage,

    /// <summary>A row of guild_usage is not what the guild's games and guild_images say.</summary>
    WrongGuildUsage,

    /// <summary>The bytes do not match the hash of the row. The other columns are not checked then.</summary>
    WrongHash,

    WrongLength,
    WrongSize,
    WrongType,

    /// <summary>The bytes of a variant do not match its hash. The worker can make it again.</summary>
    WrongVariant,

    /// <summary>A constraint or trigger that prevents such problems is missing or disabled.</summary>
    MissingGuard,
}

/// <summary>A difference between a row and its bytes or its references.</summary>
/// <param name="Message">A sentence that names the ids.</param>
/// <param name="GameId">The game with a dangling reference; otherwise null.</param>
/// <param name="Slot">"thumbnail" or "banner" for a dangling reference of a game; otherwise null.</param>
/// <param name="UploadId">The upload with a dangling reference; otherwise null.</param>
/// <param name="GuildId">The guild with a wrong count; otherwise null.</param>
public sealed record ImageProblem(
    ImageProblemKind Kind,
    string Message,
    Guid? ImageId = null,
    Guid? GameId = null,
    string? Slot = null,
    Guid? UploadId = null,
    string? GuildId = null);
