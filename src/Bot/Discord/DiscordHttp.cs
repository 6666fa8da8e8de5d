using System.Text.Json;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace GameImages.Bot.Discord;

/// <summary>Sends requests to Discord, retries them after failures, and turns error responses into exceptions.</summary>
internal sealed class DiscordHttp(RateLimitedHttp http, TimeProvider time)
{
    private const int MaxRetries = 3;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DiscordUnavailableException>().Handle<TimeoutRejectedException>(),
            MaxRetryAttempts = MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(5),
            UseJitter = true,
        })
        .AddTimeout(AttemptTimeout)
        .Build();

    /// <exception cref="RateLimitedException">One more request would exceed a limit.</exception>
    public void Check(Route route) => http.Check(route);

    /// <param name="path">The path below the base URL.</param>
    /// <param name="content">Creates the body of the request. Each attempt calls it again.</param>
    /// <param name="read">Reads the body of a successful response.</param>
    public async Task<T> SendAsync<T>(Route route, string path, Func<HttpContent?> content, Func<byte[], T> read, CancellationToken ct)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                async attemptCt =>
                {
                    using var request = new HttpRequestMessage(route.Method, path) { Content = content() };
                    return ResultOf(await http.SendAsync(route, request, attemptCt), route, read);
                },
                ct);
        }
        catch (TimeoutRejectedException timeout)
        {
            throw new DiscordUnavailableException($"Discord did not respond within {AttemptTimeout.TotalSeconds} s.", timeout);
        }
    }

    private static T ResultOf<T>(DiscordResponse response, Route route, Func<byte[], T> read) => response.Status switch
    {
        >= 200 and < 300 => Read(response.Body, read),
        401 => throw new WrongTokenException(),
        429 => throw new RateLimitedException(response.IsGlobal ? null : route.Channel, response.RetryAfter),
        >= 400 and < 500 => throw new MessageRefusedException(
            response.Error?.Code,
            response.Error?.Describe() ?? $"HTTP status {response.Status} without an explanation from Discord."),
        var status => throw new DiscordUnavailableException($"Discord responded with HTTP status {status}."),
    };

    private static T Read<T>(byte[] body, Func<byte[], T> read)
    {
        try
        {
            return read(body);
        }
        catch (JsonException unreadable)
        {
            throw new DiscordUnavailableException("Discord's response cannot be read.", unreadable);
        }
    }
}
