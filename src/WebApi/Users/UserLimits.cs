using GameImages.WebApi.Authentication;
using GameImages.WebApi.Http;
using GameImages.WebApi.RateLimits;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Users;

/// <summary>
/// Prevents one user from using up the service for others. It limits the requests and the searches of each user in any window, and the
/// lists that run at once.
/// </summary>
internal sealed class UserLimits(RequestDelegate next, UserSettings settings, TimeProvider time)
{
    // The memory for the times of all requests that count, for each of the four limiters. A ring of times is at most twice as long as
    // necessary.
    private const long MaxBytes = 64L * 1024 * 1024;
    private const int BytesPerPermit = 2 * sizeof(long);
    private const int FewestUsers = 256;

    private const string Uploads = "uploads";

    /// <summary>How long a request waits in all. A person hardly notices a wait of this length.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly ClientLimiter<string> users = Limiter(settings.RateLimits, time);
    private readonly ClientLimiter<string> trusted = Limiter(settings.TrustedRateLimits, time);
    private readonly ClientLimiter<string> searchers = Limiter(settings.SearchRateLimits, time);
    private readonly ClientLimiter<string> uploaders = Limiter(settings.UploadRateLimits, time);
    private readonly UserConcurrency lists = new(settings.Lists, time);
    private readonly UserConcurrency searches = new(settings.Searches, time);

    public async Task InvokeAsync(HttpContext context)
    {
        // Sessions and tokens of one user have the same id here. Routes that need a user reject a request without one.
        if (context.User.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is not { } user)
        {
            await next(context);
            return;
        }

        var arrival = time.GetTimestamp();
        var isTrusted = Caller.IsTrusted(context.User);
        var what = "requests";
        var state = await AcquireAsync(isTrusted ? trusted : users, user, arrival, context.RequestAborted);

        if (state.IsAcquired && !isTrusted && IsList(context) && IsSearch(context))
        {
            what = "searches";
            state = await AcquireAsync(searchers, user, arrival, context.RequestAborted);
        }

        if (state.IsAcquired && !isTrusted && IsUpload(context))
        {
            what = Uploads;
            state = await AcquireAsync(uploaders, user, arrival, context.RequestAborted);
        }

        if (!state.IsAcquired)
            await RejectAsync(context, what, state);
        else if (Concurrency(context) is { } concurrency)
            await LimitConcurrencyAsync(context, concurrency, user, arrival);
        else
            await next(context);
    }

    // The service delays each rejection. A client that retries immediately would otherwise keep the service busy with rejections.
    private async Task<RateLimitState> AcquireAsync(ClientLimiter<string> limiter, string user, long arrival, CancellationToken ct)
    {
        var state = limiter.Acquire(user);
        if (state.IsAcquired)
            return state;

        var rest = Rest(arrival);
        await Task.Delay(state.Reset < rest ? state.Reset : rest, time, ct);
        return limiter.Acquire(user);
    }

    private TimeSpan Rest(long arrival)
    {
        var rest = MaxWait - time.GetElapsedTime(arrival);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private UserConcurrency? Concurrency(HttpContext context)
    {
        if (!IsList(context))
            return null;

        return IsSearch(context) ? searches : lists;
    }

    private static bool IsList(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LimitConcurrentListsAttribute>() is not null;

    private static bool IsUpload(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LimitUploadsAttribute>() is not null;

    private static bool IsSearch(HttpContext context) => context.Request.Query.ContainsKey("text");

    private async Task LimitConcurrencyAsync(HttpContext context, UserConcurrency concurrency, string user, long arrival)
    {
        using var place = await concurrency.EnterAsync(user, Rest(arrival), context.RequestAborted);

        if (place is null)
        {
            await RejectAsync(
                context, 1, Problem("You sent too many lists and searches at once. Wait for the responses to some of them."));
        }
        else
            await next(context);
    }

    private static Task RejectAsync(HttpContext context, string what, RateLimitState state)
    {
        var problem = Problem($"You sent too many {what}. Try again in {state.ResetSeconds} seconds.");
        if (what == Uploads)
            problem.SetQuota("upload_rate", state.Limit, state.Limit - state.Remaining);

        return RejectAsync(context, state.ResetSeconds, problem);
    }

    private static Task RejectAsync(HttpContext context, int seconds, ProblemDetails problem)
    {
        context.Response.Headers.RetryAfter = $"{seconds}";
        return ProblemResponse.WriteAsync(context, problem);
    }

    private static ProblemDetails Problem(string detail) => new() { Status = StatusCodes.Status429TooManyRequests, Detail = detail };

    /// <returns>A limiter of users whose memory is bounded.</returns>
    public static ClientLimiter<string> Limiter(RateLimit[] limits, TimeProvider time)
    {
        var bytesOfOne = (long)BytesPerPermit * limits.Max(limit => limit.Permits);
        return new(limits, time, (int)Math.Clamp(MaxBytes / bytesOfOne, FewestUsers, ClientLimiter.DefaultMaxClients));
    }
}
