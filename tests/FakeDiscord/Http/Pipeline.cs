using System.Globalization;
using System.Text.RegularExpressions;
using GameImages.Testing.Discord.Faults;
using GameImages.Testing.Discord.Limits;
using GameImages.Testing.Discord.Messages;

namespace GameImages.Testing.Discord.Http;

/// <summary>Takes a request in the order in which Discord and Cloudflare do: ban, User-Agent, route, token, limits, then what is asked for.</summary>
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

    /// <param name="stopping">Ends what never answers.</param>
    public async Task AnswerAsync(HttpContext context, CancellationToken stopping)
    {
        var route = DiscordRoute.Of(context.Request.Method, context.Request.Path.Value!);
        var body = await RequestBody.ReadAsync(context.Request, settings);
        var request = Record(context.Request, route, body);
        recorder.Add(request);
        var fault = faults.For(request);

        if (fault is Fault.NeverAnswerFault)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (fault is Fault.NeverAnswerFault or Fault.CutBeforeFault)
        {
            context.Abort();
            return;
        }

        if (fault is Fault.Late late)
            await late.Until.WaitAsync(context.RequestAborted);

        var answer = await DecideAsync(request, route, body, fault);
        if (answer.Status is 401 or 403 || (answer.Status == 429 && answer.Headers.GetValueOrDefault("X-RateLimit-Scope") != "shared"))
            invalid.Add();

        if (fault is Fault.Slow slow)
            await Task.Delay(slow.Delay, clock.Time, context.RequestAborted);

        request.Status = fault is Fault.CutAfterFault ? null : answer.Status;
        recorder.Changed.Raise();

        if (fault is Fault.CutAfterFault)
            context.Abort();
        else
            await WriteAsync(context.Response, answer);
    }

    private static async Task WriteAsync(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;

        if (answer.Body.Length == 0)
            return;

        response.ContentType = answer.ContentType;
        await response.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }

    private RecordedRequest Record(HttpRequest request, DiscordRoute route, RequestBody body)
    {
        var headers = new Headers();
        foreach (var (name, value) in request.Headers)
            headers[name] = value.ToString();

        return new(clock.UtcNow, request.Method, request.Path.Value!, route.Endpoint, headers, body.Text);
    }

    private async Task<Answer> DecideAsync(RecordedRequest request, DiscordRoute route, RequestBody body, Fault? fault)
    {
        if (invalid.BanLeft() is { } left)
        {
            recorder.Add(new Violation("banned", "Too many invalid requests came before this one.", request));
            return Answer.Html(429, "Error 1015: You are being rate limited") with
            {
                Headers = new() { ["Retry-After"] = Math.Ceiling(left.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
            };
        }

        var token = request.Headers.GetValueOrDefault("Authorization", "");

        if (fault is Fault.Status failure)
            return Answer.Failure(failure.Code);
        if (fault is Fault.RateLimited limited)
            return Complete(limiter.Block(token, route, limited));

        if (!UserAgent().IsMatch(request.Headers.GetValueOrDefault("User-Agent", "")))
        {
            recorder.Add(new Violation("user-agent", request.Headers.GetValueOrDefault("User-Agent", ""), request));
            return Answer.Html(403, "Error 1010: Access denied");
        }

        if (route.Endpoint == DiscordEndpoint.None)
            return Answer.NotFound;
        if (bots.GetValueOrDefault(token) is not { } bot)
            return Answer.Unauthorized;

        var (headers, refusal) = limiter.Take(token, route);
        return refusal is not null
            ? Complete((headers, refusal))
            : await endpoints.AnswerAsync(bot, route, body, request) with { Headers = headers };
    }

    private static Answer Complete((Headers Headers, Answer? Refusal) taken) => taken.Refusal! with { Headers = taken.Headers };

    [GeneratedRegex(@"^DiscordBot \(https?://[^\s,()]+, [^\s,()]+\)( .+)?$")]
    private static partial Regex UserAgent();
}
