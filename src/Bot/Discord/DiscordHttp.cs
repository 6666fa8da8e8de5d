using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace GameImages.Bot.Discord;

/// <summary>Sends requests within Discord's limits, and again when Discord or the way to it fails.</summary>
internal sealed class DiscordHttp : IDisposable
{
    private const int MaxRetries = 3;
    private const int MaxAnswerBytes = 1024 * 1024;

    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;
    private readonly TimeProvider time;
    private readonly RateLimits limits;
    private readonly InvalidRequests invalidRequests;
    private readonly Counter<long> requests;
    private readonly ResiliencePipeline pipeline;

    /// <exception cref="ArgumentException">The settings have no token.</exception>
    public DiscordHttp(DiscordSettings settings, TimeProvider time, ILogger<DiscordHttp> logger, IMeterFactory meters)
    {
        if (settings is not { Token: { } token, PublicBaseUrl: { } publicBaseUrl })
            throw new ArgumentException("Requests need a token and the address of the service.", nameof(settings));

        this.time = time;
        limits = new(settings.RequestsPerSecond, time);
        invalidRequests = new(settings.InvalidRequests, time, logger);
        requests = meters
            .Create("GameImages")
            .CreateCounter<long>("gameimages.discord.requests", "{request}", "Requests sent to Discord, by the status of the answer.");
        http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
        {
            BaseAddress = settings.BaseUrl,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        http.DefaultRequestHeaders.Authorization = new("Bot", token);

        http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent(publicBaseUrl));

        pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<DiscordUnavailableException>().Handle<TimeoutRejectedException>(),
                MaxRetryAttempts = MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(5),
                UseJitter = true,
            })
            .AddTimeout(TryTimeout)
            .Build();
    }

    /// <exception cref="RateLimitedException">The next request would be one too many.</exception>
    public void Check(Route route)
    {
        invalidRequests.Check();
        limits.Check(route);
    }

    /// <param name="path">Below the base URL.</param>
    /// <param name="content">Called anew for each try.</param>
    /// <param name="read">Reads the body of a success.</param>
    public async Task<T> SendAsync<T>(Route route, string path, Func<HttpContent?> content, Func<byte[], T> read, CancellationToken ct)
    {
        try
        {
            return await pipeline.ExecuteAsync(
                async tryCt =>
                {
                    using var request = new HttpRequestMessage(route.Method, path) { Content = content() };
                    return Judge(await TryAsync(route, request, tryCt), route, read);
                },
                ct);
        }
        catch (TimeoutRejectedException late)
        {
            throw new DiscordUnavailableException($"Discord did not answer within {TryTimeout.TotalSeconds} s.", late);
        }
    }

    public void Dispose() => http.Dispose();

    // Discord's documentation, "User Agent". Headers are ASCII, so the host is too.
    private static string UserAgent(Uri url)
    {
        var host = new UriBuilder(url.Scheme, url.IdnHost, url.Port).Uri.GetLeftPart(UriPartial.Authority);
        return $"DiscordBot ({host}, {typeof(DiscordHttp).Assembly.GetName().Version!.ToString(3)})";
    }

    private async Task<DiscordAnswer> TryAsync(Route route, HttpRequestMessage request, CancellationToken ct)
    {
        invalidRequests.Check();
        var permit = limits.Take(route);
        DiscordAnswer? answer = null;

        try
        {
            using var response = await http.SendAsync(request, ct);
            answer = await DiscordAnswer.ReadAsync(response, time, ct);

            if (answer.IsInvalid)
                invalidRequests.Add();

            // Before the permit is given back, so that nobody takes it in between.
            if (answer.IsGlobal)
                limits.Block(answer.RetryAfter);

            return answer;
        }
        catch (HttpRequestException lost)
        {
            throw new DiscordUnavailableException($"There was no answer from Discord: {lost.Message}", lost);
        }
        finally
        {
            limits.Return(permit, answer?.Standing);
            requests.Add(
                1,
                new KeyValuePair<string, object?>("method", route.Method.Method),
                new KeyValuePair<string, object?>("status", answer?.Status.ToString(CultureInfo.InvariantCulture) ?? "none"));
        }
    }

    private static T Judge<T>(DiscordAnswer answer, Route route, Func<byte[], T> read) =>
        answer.Status switch
        {
            >= 200 and < 300 => Read(answer.Body, read),
            401 => throw new WrongTokenException(),
            429 => throw new RateLimitedException(answer.IsGlobal ? null : route.Channel, answer.RetryAfter),
            >= 400 and < 500 => throw new MessageRefusedException(
                answer.Error?.Code,
                answer.Error?.Describe() ?? $"HTTP status {answer.Status}, and no word of Discord."),
            var status => throw new DiscordUnavailableException($"Discord answered with HTTP status {status}."),
        };

    private static T Read<T>(byte[] body, Func<byte[], T> read)
    {
        try
        {
            return read(body);
        }
        catch (JsonException unreadable)
        {
            throw new DiscordUnavailableException("Discord's answer cannot be read.", unreadable);
        }
    }
}
