using System.Globalization;
using System.Net.Http.Headers;

namespace GameImages.Bot.Discord;

/// <summary>The response of Discord, or of a proxy in front of it, to a request.</summary>
/// <param name="Error">Null when the body does not describe an error.</param>
/// <param name="Bucket">The state of the request's bucket; null when the response does not report it.</param>
internal sealed record DiscordResponse(
    int Status,
    byte[] Body,
    DiscordError? Error,
    BucketState? Bucket,
    TimeSpan RetryAfter,
    bool IsGlobal,
    bool IsShared)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    // The wait when a response with status 429 does not name one.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);

    /// <summary>Whether Discord counts the request as invalid. Discord bans IP addresses that send too many of those.</summary>
    public bool IsInvalid => Status is 401 or 403 || (Status == 429 && !IsShared);

    public static async Task<DiscordResponse> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var headers = response.Headers;
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        var error = status is >= 400 and < 500 ? DiscordError.Read(body) : null;

        if (status != 429)
            return new(status, body, error, ReadBucket(headers), RetryAfter: default, IsGlobal: false, IsShared: false);

        // A 429 without JSON comes from Cloudflare, the proxy in front of Discord, and blocks all requests.
        var scope = Text(headers, "X-RateLimit-Scope");
        var isGlobal = error is null || error.Global || scope == "global";
        var retryAfter = ReadRetryAfter(headers, error, time);
        var bucket = new BucketState(Text(headers, "X-RateLimit-Bucket"), Number(headers, "X-RateLimit-Limit"), 0, retryAfter);
        return new(status, body, error, isGlobal ? null : bucket, retryAfter, isGlobal, IsShared: scope == "shared");
    }

    private static BucketState? ReadBucket(HttpResponseHeaders headers) =>
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

    private static TimeSpan ReadRetryAfter(HttpResponseHeaders headers, DiscordError? error, TimeProvider time)
    {
        var header = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - time.GetUtcNow();
        var body = error?.RetryAfter is { } seconds ? Seconds(seconds) : (TimeSpan?)null;
        var wait = TimeSpan.FromTicks(Math.Max(header?.Ticks ?? 0, body?.Ticks ?? 0));
        if (wait <= TimeSpan.Zero)
            return DefaultWait;

        return wait < LongestWait ? wait : LongestWait;
    }

    // Rounded up, because Discord refuses a request that comes a millisecond too early.
    private static TimeSpan Seconds(double seconds) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(seconds, 0, LongestWait.TotalSeconds) * 1000));

    private static int? Number(HttpResponseHeaders headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
