using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Http;

namespace GameImages.Testing.Discord.Limits;

/// <summary>
/// Applies rate limits (Discord's documentation, "Rate Limits"). There is a bucket for each token, and one for each token, channel and
/// endpoint.
/// </summary>
internal sealed class RateLimiter(RateLimits? limits, Clock clock)
{
    private readonly ConcurrentDictionary<string, Bucket> global = new();
    private readonly ConcurrentDictionary<(string Token, DiscordEndpoint Endpoint, string Channel), Bucket> routes = new();

    /// <returns>The headers of the response, and the refusal when the request exceeds a limit.</returns>
    public (Headers Headers, DiscordResponse? Refusal) Take(string token, DiscordRoute route)
    {
        var whole = Global(token).Take();
        if (!whole.IsAllowed)
            return Refuse(whole, route);

        var own = Of(token, route).Take();
        return own.IsAllowed ? (Describe(own, route), null) : Refuse(own, route);
    }

    public (Headers Headers, DiscordResponse Refusal) Block(string token, DiscordRoute route, Fault.RateLimited fault)
    {
        var bucket = fault.Scope == RateLimitScope.Global ? Global(token) : Of(token, route);
        return Refuse(bucket.Block(fault.RetryAfter, fault.Scope), route);
    }

    private Bucket Global(string token) => global.GetOrAdd(token, _ => new(limits?.Global, RateLimitScope.Global, clock));

    private Bucket Of(string token, DiscordRoute route) =>
        routes.GetOrAdd((token, route.Endpoint, route.ChannelId), _ => new(LimitOf(route.Endpoint), RateLimitScope.User, clock));

    private RateLimit? LimitOf(DiscordEndpoint endpoint) => endpoint switch
    {
        DiscordEndpoint.CreateMessage => limits?.CreateMessage,
        DiscordEndpoint.EditMessage => limits?.EditMessage,
        DiscordEndpoint.DeleteMessage => limits?.DeleteMessage,
        _ => limits?.Reads,
    };

    private (Headers Headers, DiscordResponse Refusal) Refuse(BucketState state, DiscordRoute route)
    {
        var headers = Describe(state, route);
        headers["Retry-After"] = Math.Ceiling(state.ResetAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Scope"] = state.Scope.ToString().ToLowerInvariant();

        var isGlobal = state.Scope == RateLimitScope.Global;
        if (isGlobal)
            headers["X-RateLimit-Global"] = "true";

        var body = new JsonObject
        {
            ["message"] = "You are being rate limited.",
            ["retry_after"] = Seconds(state.ResetAfter),
            ["global"] = isGlobal,
        };
        return (headers, DiscordResponse.Json(429, body));
    }

    private Headers Describe(BucketState state, DiscordRoute route)
    {
        if (state.Limit is null)
            return [];

        var reset = (clock.UtcNow + state.ResetAfter).ToUnixTimeMilliseconds() / 1000m;
        return new()
        {
            ["X-RateLimit-Limit"] = state.Limit.Requests.ToString(CultureInfo.InvariantCulture),
            ["X-RateLimit-Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture),
            ["X-RateLimit-Reset"] = reset.ToString("F3", CultureInfo.InvariantCulture),
            ["X-RateLimit-Reset-After"] = Seconds(state.ResetAfter).ToString("F3", CultureInfo.InvariantCulture),
            ["X-RateLimit-Bucket"] = Name(route.Endpoint),
        };
    }

    // Rounded up, so that a client that waits exactly this time is not refused again.
    private static decimal Seconds(TimeSpan span) => Math.Ceiling((decimal)span.TotalMilliseconds) / 1000;

    private static string Name(DiscordEndpoint endpoint) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(endpoint.ToString())))[..32];
}
