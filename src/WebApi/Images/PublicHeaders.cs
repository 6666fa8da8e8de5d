using System.Globalization;

namespace GameImages.WebApi.Images;

/// <summary>What every answer of the public route carries, errors included: anybody may read it, and it runs nothing.</summary>
internal sealed class PublicHeaders(RequestDelegate next)
{
    private const string Path = "/api/v1/public/images";

    public static bool Apply(HttpContext context) => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!Apply(context))
        {
            await next(context);
            return;
        }

        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = "Content-Range, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            headers["Cross-Origin-Resource-Policy"] = "cross-origin";

            if (context.Features.Get<RateLease>() is { } lease)
                Describe(lease, headers);

            return Task.CompletedTask;
        });
        await next(context);

        // The framework leaves a condition that failed (412) and a range beyond the end (416) without a body.
        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: 0 or null })
            await ProblemResponse.WriteAsync(context);
    }

    private static void Describe(RateLease lease, IHeaderDictionary headers)
    {
        headers["X-RateLimit-Limit"] = lease.State.Limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = lease.State.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = lease.ResetSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
