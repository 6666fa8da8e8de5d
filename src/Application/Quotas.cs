namespace GameImages.Application;

/// <summary>
/// How much guilds and members may have. A limit that is lowered refuses only what is added after that.
/// </summary>
/// <param name="GuildBytes">The bytes of all images of a guild. Each image counts once.</param>
/// <param name="GuildImages">The number of images of a guild.</param>
/// <param name="GuildGames">The number of games of a guild.</param>
/// <param name="UnusedUploads">The number of uploads of a member that the member has not put on a game.</param>
public sealed record Quotas(
    long GuildBytes = 5L * 1024 * 1024 * 1024, int GuildImages = 10_000, int GuildGames = 100_000, int UnusedUploads = 100)
{
    /// <summary>How long an upload holds its image.</summary>
    public TimeSpan UploadLifetime { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>The change would exceed a quota. Nothing was changed.</summary>
/// <param name="quota">The name of the quota in the API, such as <c>guild_bytes</c>.</param>
/// <param name="use">What was used before the change.</param>
public sealed class QuotaExceededException(string quota, long limit, long use)
    : Exception($"The quota {quota} has a limit of {limit}, and {use} are in use.")
{
    public string Quota => quota;

    public long Limit => limit;

    public long Use => use;
}
