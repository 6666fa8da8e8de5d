namespace GameImages.Testing.Discord.Limits;

/// <summary>The scope of a limit, as X-RateLimit-Scope reports it.</summary>
public enum RateLimitScope
{
    User,
    Global,
    Shared,
}

/// <param name="Window">The length of a window. A window begins with its first request.</param>
public sealed record RateLimit(int Requests, TimeSpan Window);

/// <summary>
/// The rate limits. Discord publishes only the last two. The others were observed in its responses. Messages are counted per bot, channel
/// and endpoint.
/// </summary>
public sealed record RateLimits
{
    public RateLimit CreateMessage { get; init; } = new(5, TimeSpan.FromSeconds(5));
    public RateLimit EditMessage { get; init; } = new(5, TimeSpan.FromSeconds(5));
    public RateLimit DeleteMessage { get; init; } = new(5, TimeSpan.FromSeconds(1));
    public RateLimit Reads { get; init; } = new(50, TimeSpan.FromSeconds(1));

    /// <summary>The limit of one token for all endpoints.</summary>
    public RateLimit Global { get; init; } = new(50, TimeSpan.FromSeconds(1));

    /// <summary>
    /// The number of responses with status 401, 403 or 429 at which Cloudflare bans the client. Shared limits do not count.
    /// </summary>
    public RateLimit InvalidRequests { get; init; } = new(10_000, TimeSpan.FromMinutes(10));
}
