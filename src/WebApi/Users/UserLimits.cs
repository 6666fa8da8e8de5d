using GameImages.WebApi.Images;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GameImages.WebApi.Users;

/// <summary>
/// Keeps one user from using up the service for others. It limits the requests of each user in any window, and the lists that run at once.
/// </summary>
internal sealed class UserLimits(RequestDelegate next, UserSettings settings, TimeProvider time)
{
    // The memory for the times of all requests that count, for each of the two kinds of users. A ring of times is at most twice as long as
    // necessary.
    private const long MaxBytes = 64L * 1024 * 1024;
    private const int BytesPerPermit = 2 * sizeof(long);
    private const int FewestUsers = 256;

    private readonly ClientLimiter<string> users = Limiter(settings.RateLimits, time);
    private readonly ClientLimiter<string> trusted = Limiter(settings.TrustedRateLimits, time);
    private readonly UserWork lists = new(settings.Lists, time);
    private readonly UserWork searches = new(settings.Searches, time);

    public async Task InvokeAsync(HttpContext context)
    {
        // Sessions and tokens of one user have the same id here. Routes that need a user reject a request without one.
        if (context.User.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is not { } user)
        {
            await next(context);
            return;
        }

        var state = await AcquireAsync(Caller.IsTrusted(context.User) ? trusted : users, user, context.RequestAborted);

        if (!state.IsAcquired)
            await RefuseAsync(
                context,
                state.ResetSeconds,
                $"You sent too many requests. The next one will be answered in {state.ResetSeconds} seconds.");
        else if (Work(context) is { } work)
            await InTurnAsync(context, work, user);
        else
            await next(context);
    }

    // The service delays each refusal. A client that retries immediately would otherwise keep the service busy with refusals.
    private async Task<RateState> AcquireAsync(ClientLimiter<string> limiter, string user, CancellationToken ct)
    {
        var state = limiter.Acquire(user);
        if (state.IsAcquired)
            return state;

        await Task.Delay(state.Reset < UserWork.MaxWait ? state.Reset : UserWork.MaxWait, time, ct);
        return limiter.Acquire(user);
    }

    private UserWork? Work(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ListsAttribute>() is null)
            return null;

        return context.Request.Query.ContainsKey("text") ? searches : lists;
    }

    private async Task InTurnAsync(HttpContext context, UserWork work, string user)
    {
        using var place = await work.EnterAsync(user, context.RequestAborted);

        if (place is null)
            await RefuseAsync(context, 1, "You sent too many lists and searches at once. Wait for the answers to some of them.");
        else
            await next(context);
    }

    private static Task RefuseAsync(HttpContext context, int seconds, string detail)
    {
        context.Response.Headers.RetryAfter = $"{seconds}";
        return ProblemResponse.WriteAsync(context, new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Detail = detail });
    }

    private static ClientLimiter<string> Limiter(RateLimit[] limits, TimeProvider time)
    {
        var bytesOfOne = (long)BytesPerPermit * limits.Max(limit => limit.Permits);
        return new(limits, time, (int)Math.Clamp(MaxBytes / bytesOfOne, FewestUsers, ClientLimiter.DefaultMaxClients));
    }
}
