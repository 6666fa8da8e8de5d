using GameImages.Application.Images;
using Microsoft.AspNetCore.Mvc;

namespace GameImages.WebApi.Images;

/// <summary>
/// The front of the public route, before whatever else a request passes: it counts the requests of each client, answers those for pictures
/// that are in memory, and gives every other answer the headers that all of them have, errors included.
/// </summary>
internal sealed class PublicRoute(
    RequestDelegate next, ClientLimiter<ClientNetwork> clients, IPublicImages images, TransportSettings transport)
{
    private const string Prefix = "/api/v1/public/images";

    public static bool Matches(HttpContext context) => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <returns>What the path has after the prefix, without a slash on either side.</returns>
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

        // What will be sent to HTTPS counts there. Preflights, and methods that the route does not have, are free.
        var isAnswered = isRead && (context.Request.IsHttps || !transport.HttpsRedirection);
        var state = isAnswered ? clients.Acquire(client) : clients.Peek(client);

        if (
            !isAnswered
            || !state.IsAcquired
            || FindCached(context, out var beginning) is not { } image
            || ImageAnswer.Plain(context.Request, image) is not { } status)
            return PassOnAsync(context, state);

        PublicHeaders.Add(context, state);
        return ImageAnswer.SendAsync(context, image, status, beginning);
    }

    private PublicImage? FindCached(HttpContext context, out ReadOnlyMemory<byte> beginning)
    {
        beginning = default;
        return
            ImageName.TryParse(Name(context), out var name) && images.FindCached(name.Id, out beginning) is { } image && name.Fits(image)
            ? image
            : null;
    }

    private async Task PassOnAsync(HttpContext context, RateState state)
    {
        // At the last moment: what makes an error of an exception removes all headers first.
        context.Response.OnStarting(() =>
        {
            PublicHeaders.Add(context, state);
            return Task.CompletedTask;
        });

        if (state.IsAcquired)
            await next(context);
        else
            await RefuseAsync(context, state);

        // The framework leaves a condition that failed (412) and a range beyond the end (416) without a body.
        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: 0 or null })
            await ProblemResponse.WriteAsync(context);
    }

    private static Task RefuseAsync(HttpContext context, RateState state)
    {
        context.Response.Headers.RetryAfter = $"{state.ResetSeconds}";
        return ProblemResponse.WriteAsync(context, new ProblemDetails
        {
            Status = StatusCodes.Status429TooManyRequests,
            Detail = $"Too many images were requested from this address. The next one will be answered in {state.ResetSeconds} seconds.",
        });
    }
}
