using System.Globalization;
using GameImages.WebApi.RateLimits;
using Microsoft.Extensions.Primitives;

namespace GameImages.WebApi.Images;

/// <summary>
/// The headers of every response of the public route. Pages of every origin may read the response, it cannot run scripts, and it tells the
/// client its rate limits.
/// </summary>
internal static class PublicHeaders
{
    private static readonly StringValues EveryOrigin = "*";
    private static readonly StringValues Exposed =
        "Content-Range, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoScripts = "default-src 'none'; sandbox";
    private static readonly StringValues CrossOrigin = "cross-origin";

    private const string CdnLoop = "CDN-Loop";

    // The numbers in most responses. Formatting them once saves an allocation.
    private static readonly StringValues[] Numbers =
    [
        .. Enumerable.Range(0, 1024).Select(number => new StringValues(number.ToString(CultureInfo.InvariantCulture))),
    ];

    public static void Add(HttpContext context, RateLimitState state)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = EveryOrigin;
        headers.AccessControlExposeHeaders = Exposed;
        headers.XContentTypeOptions = NoSniff;
        headers.ContentSecurityPolicy = NoScripts;
        headers["Cross-Origin-Resource-Policy"] = CrossOrigin;

        if (MayBeShared(context))
            return;

        headers["X-RateLimit-Limit"] = Number(state.Limit);
        headers["X-RateLimit-Remaining"] = Number(state.Remaining);
        headers["X-RateLimit-Reset"] = Number(state.ResetSeconds);
    }

    // A shared cache would show the limits of one client to its other clients. A cache names itself in Via (RFC 9110 section 7.6.3) or
    // CDN-Loop (RFC 8586). Caches do not store errors, so every error has these headers.
    private static bool MayBeShared(HttpContext context)
    {
        var request = context.Request.Headers;
        return context.Response.StatusCode < StatusCodes.Status400BadRequest && (request.Via.Count > 0 || request[CdnLoop].Count > 0);
    }

    private static StringValues Number(int number) =>
        number < Numbers.Length ? Numbers[number] : number.ToString(CultureInfo.InvariantCulture);
}
