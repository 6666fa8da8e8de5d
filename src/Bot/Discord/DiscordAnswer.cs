using System.Globalization;
using System.Net.Http.Headers;

namespace GameImages.Bot.Discord;

/// <summary>What Discord, or something in front of it, says to a request.</summary>
/// <param name="Error">Null when the body is none.</param>
/// <param name="Standing">How the bucket stands now; null when the answer does not tell.</param>
internal sealed record DiscordAnswer(
    int Status,
    byte[] Body,
    DiscordError? Error,
    Standing? Standing,
    TimeSpan RetryAfter,
    bool IsGlobal,
    bool IsShared)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // Where Discord does not say how long.
    private static readonly TimeSpan UntoldWait = TimeSpan.FromSeconds(5);

    /// <summary>One of those for which Discord bans addresses.</summary>
    public bool IsInvalid => Status is 401 or 403 || (Status == 429 && !IsShared);

    public static async Task<DiscordAnswer> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken ct)
    {
        var (status, headers) = ((int)response.StatusCode, response.Headers);
        var body = await response.Content.ReadAsByteArrayAsync(ct);

        var error = status is >= 400 and < 500 ? DiscordError.Read(body) : null;

        if (status != 429)
            return new(status, body, error, StandingOf(headers), RetryAfter: default, IsGlobal: false, IsShared: false);

        // Cloudflare, which stands before all of Discord, does not write JSON.
        var scope = Text(headers, "X-RateLimit-Scope");
        var isGlobal = error is null || error.Global || scope == "global";
        var retryAfter = RetryAfterOf(headers, error, time);
        var standing = new Standing(Text(headers, "X-RateLimit-Bucket"), Number(headers, "X-RateLimit-Limit"), 0, retryAfter);
        return new(status, body, error, isGlobal ? null : standing, retryAfter, isGlobal, IsShared: scope == "shared");
    }

    private static Standing? StandingOf(HttpResponseHeaders headers) =>
        Text(headers, "X-RateLimit-Bucket") is { } bucket
        && Number(headers, "X-RateLimit-Limit") is { } limit
        && Number(headers, "X-RateLimit-Remaining") is { } remaining
        && double.TryParse(
            Text(headers, "X-RateLimit-Reset-After"),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var seconds)
            ? new(bucket, limit, remaining, Seconds(seconds))
            : null;

    private static TimeSpan RetryAfterOf(HttpResponseHeaders headers, DiscordError? error, TimeProvider time)
    {
        var header = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - time.GetUtcNow();
        var body = error?.RetryAfter is { } seconds ? Seconds(seconds) : (TimeSpan?)null;
        var longest = TimeSpan.FromTicks(Math.Max(header?.Ticks ?? 0, body?.Ticks ?? 0));
        return longest <= TimeSpan.Zero ? UntoldWait : longest < LongestWait ? longest : LongestWait;
    }

    // Rounded up: a moment too early is too early.
    private static TimeSpan Seconds(double seconds) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(seconds, 0, LongestWait.TotalSeconds) * 1000));

    private static int? Number(HttpResponseHeaders headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
