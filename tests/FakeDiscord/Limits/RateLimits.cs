namespace GameImages.Testing.Discord.Limits;

/// <summary>Whose limit a 429 speaks of: X-RateLimit-Scope.</summary>
public enum RateLimitScope
{
    User,
    Global,
    Shared,
}

/// <param name="Window">Begins with the first request.</param>
public sealed record RateLimit(int Requests, TimeSpan Window);

/// <summary>Discord publishes only the last two; the others are what it was seen to send. Messages are counted per bot, channel and endpoint.</summary>
public sealed record RateLimits
{
    public RateLimit CreateMessage { get; init; } = new(5, TimeSpan.FromSeconds(5));
    public RateLimit EditMessage { get; init; } = new(5, TimeSpan.FromSeconds(5));
    public RateLimit DeleteMessage { get; init; } = new(5, TimeSpan.FromSeconds(1));
    public RateLimit Reads { get; init; } = new(50, TimeSpan.FromSeconds(1));

    /// <summary>Of one token.</summary>
    public RateLimit Global { get; init; } = new(50, TimeSpan.FromSeconds(1));

    /// <summary>Answers with 401, 403 and 429 (shared limits excluded), after which Cloudflare bans the address.</summary>
    public RateLimit InvalidRequests { get; init; } = new(10_000, TimeSpan.FromMinutes(10));
}
