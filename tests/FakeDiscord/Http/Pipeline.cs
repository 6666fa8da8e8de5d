using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Limits;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Http;

/// <summary>
/// Handles a request in the order in which Cloudflare and Discord do. They check the ban, the User-Agent, the route, the token and the
/// rate limits. Then the request is carried out.
/// </summary>
internal sealed partial class Pipeline(
    FakeDiscordSettings settings,
    Clock clock,
    Recorder recorder,
    FaultPlan faults,
    RateLimiter limiter,
    InvalidRequests invalid,
    MessageEndpoints endpoints)
{
    private readonly Dictionary<string, Bot> bots = settings.Bots.ToDictionary(bot => $"Bot {bot.Token}");

    /// <param name="stopping">Ends the requests that get no response.</param>
    public async Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        var route = DiscordRoute.Of(context.Request.Method, context.Request.Path.Value!);
        var body = await RequestBody.ReadAsync(context.Request, settings);
        var request = Record(context.Request, route, body);
        recorder.Add(request);
        var fault = faults.For(request);

        if (fault is Fault.NoResponseFault)
        {
            using var closed = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await Task.Delay(Timeout.InfiniteTimeSpan, closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (fault is Fault.NoResponseFault or Fault.CutBeforeFault)
        {
            context.Abort();
            return;
        }

        if (fault is Fault.Late late)
            await late.Until.WaitAsync(context.RequestAborted);

        var response = await RespondAsync(request, route, body, fault);
        if (IsInvalid(response))
            invalid.Add();

        if (fault is Fault.Slow slow)
            await Task.Delay(slow.Delay, clock.Time, context.RequestAborted);

        request.Status = fault is Fault.CutAfterFault ? null : response.Status;
        recorder.Changed.Raise();

        if (fault is Fault.CutAfterFault)
            context.Abort();
        else
            await WriteAsync(context.Response, response);
    }

    private static bool IsInvalid(DiscordResponse response) =>
        response.Status is 401 or 403
        || (response.Status == 429 && response.Headers.GetValueOrDefault("X-RateLimit-Scope") != "shared");

    private static async Task WriteAsync(HttpResponse target, DiscordResponse response)
    {
        target.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
            target.Headers[name] = value;

        if (response.Body.Length == 0)
            return;

        target.ContentType = response.ContentType;
        await target.WriteAsync(response.Body, target.HttpContext.RequestAborted);
    }

    private RecordedRequest Record(HttpRequest request, DiscordRoute route, RequestBody body)
    {
        var headers = new Headers();
        foreach (var (name, value) in request.Headers)
            headers[name] = value.ToString();

        return new(clock.UtcNow, request.Method, request.Path.Value!, route.Endpoint, headers, body.Text);
    }

    private async Task<DiscordResponse> RespondAsync(RecordedRequest request, DiscordRoute route, RequestBody body, Fault? fault)
    {
        if (invalid.RemainingBan() is { } remaining)
        {
            recorder.Add(new Violation("banned", "Cloudflare has banned the bot after too many invalid requests.", request));
            return DiscordResponse.Html(429, "Error 1015: You are being rate limited") with
            {
                Headers = new() { ["Retry-After"] = Math.Ceiling(remaining.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
            };
        }

        var token = request.Headers.GetValueOrDefault("Authorization", "");

        if (fault is Fault.Status failure)
            return DiscordResponse.Failure(failure.Code);
        if (fault is Fault.RateLimited limited)
        {
            var (blockedHeaders, blocked) = limiter.Block(token, route, limited);
            return blocked with { Headers = blockedHeaders };
        }


        if (!UserAgent().IsMatch(request.Headers.GetValueOrDefault("User-Agent", "")))
        {
            recorder.Add(new Violation("user-agent", request.Headers.GetValueOrDefault("User-Agent", ""), request));
            return DiscordResponse.Html(403, "Error 1010: Access denied");
        }

        if (route.Endpoint == DiscordEndpoint.None)
            return DiscordResponse.NotFound;
        if (bots.GetValueOrDefault(token) is not { } bot)
            return DiscordResponse.Unauthorized;

        var (headers, refusal) = limiter.Take(token, route);
        return refusal is not null
            ? refusal with { Headers = headers }
            : await endpoints.RespondAsync(bot, route, body, request) with { Headers = headers };
    }

    [GeneratedRegex(@"^DiscordBot \(https?://[^\s,()]+, [^\s,()]+\)( .+)?$")]
    private static partial Regex UserAgent();
}
