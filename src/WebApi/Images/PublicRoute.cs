using GameImages.Application.Images;
using GameImages.WebApi.Http;
using GameImages.WebApi.RateLimits;
using GameImages.WebApi.Transport;
using GameImages.WebApi.Users;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Images;

/// <summary>
/// The first middleware of the public route. It counts the requests of each client, and responds with images that are in memory. It adds
/// the common headers to every response of the route, including errors.
/// </summary>
internal sealed class PublicRoute(
    RequestDelegate next, PublicImageSettings settings, IPublicImages images, ImageMembers members, TransportSettings transport,
    TimeProvider time)
{
    private const string Prefix = PublicImagePath.Prefix;

    private readonly ClientLimiter<ClientNetwork> clients = new(settings.RateLimits, time);
    private readonly ClientLimiter<string>? users =
        settings.MemberRateLimits.Length == 0 ? null : UserLimits.Limiter(settings.MemberRateLimits, time);

    public static bool Matches(HttpContext context) => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <returns>The path after the prefix, without a slash on either side.</returns>
    public static ReadOnlySpan<char> Name(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var name = path.AsSpan(Math.Min(Prefix.Length + 1, path.Length));
        return name.EndsWith('/') ? name[..^1] : name;
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (!Matches(context))
            return next(context);

        var method = context.Request.Method;
        var isRead = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        var client = ClientNetwork.Of(context.Connection.RemoteIpAddress);

        // A request that is redirected to HTTPS counts there. Preflight requests and methods that are not allowed do not count.
        var counts = isRead && (context.Request.IsHttps || !transport.HttpsRedirection);
        var state = counts ? clients.Acquire(client) : clients.Peek(client);
        var problem = RequestRules.Apply(context.Request);

        if (!state.IsAcquired && users is not null)
            return CountMemberAsync(context, users, state, problem);

        return RespondAsync(context, counts, state, problem);
    }

    // Many members may share an address, and one member may look at many images. A request that the address may not send any more counts
    // as one of the member.
    private async Task CountMemberAsync(HttpContext context, ClientLimiter<string> users, RateLimitState state, ProblemDetails? problem)
    {
        if (await members.FindAsync(context) is { } user)
            state = Better(state, users.Acquire(user));

        await RespondAsync(context, counts: true, state, problem);
    }

    // If both refuse the request, the client may try again as soon as one of them allows it.
    private static RateLimitState Better(RateLimitState address, RateLimitState member) =>
        member.IsAcquired || member.Reset <= address.Reset ? member : address;

    private Task RespondAsync(HttpContext context, bool counts, RateLimitState state, ProblemDetails? problem)
    {
        if (
            problem is not null
            || !counts
            || !state.IsAcquired
            || FindCached(context, out var beginning) is not { } image
            || ImageResponse.FindSimpleStatus(context.Request, image) is not { } status)
            return PassOnAsync(context, state, problem);

        PublicHeaders.Add(context, state);
        return ImageResponse.SendAsync(context, image, status, beginning);
    }

    private PublicImage? FindCached(HttpContext context, out ReadOnlyMemory<byte> beginning)
    {
        beginning = default;
        if (!ImageName.TryParse(Name(context), out var name))
            return null;

        var image = images.FindCached(name.Key, out beginning);
        return image is not null && name.Fits(image) ? image : null;
    }

    private async Task PassOnAsync(HttpContext context, RateLimitState state, ProblemDetails? problem)
    {
        // The headers are added when the response starts, because the handler of exceptions removes all earlier headers.
        context.Response.OnStarting(() =>
        {
            PublicHeaders.Add(context, state);
            return Task.CompletedTask;
        });

        if (!state.IsAcquired)
            await RejectAsync(context, state);
        else if (problem is not null)
            await ProblemResponse.WriteAsync(context, problem);
        else
            await next(context);

        // The framework responds with 412 (a failed condition) and 416 (a range beyond the end) without a body.
        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: 0 or null })
            await ProblemResponse.WriteAsync(context);
    }

    private static Task RejectAsync(HttpContext context, RateLimitState state)
    {
        context.Response.Headers.RetryAfter = $"{state.ResetSeconds}";
        return ProblemResponse.WriteAsync(context, new ProblemDetails
        {
            Status = StatusCodes.Status429TooManyRequests,
            Detail = $"Too many images were requested. Try again in {state.ResetSeconds} seconds.",
        });
    }
}
