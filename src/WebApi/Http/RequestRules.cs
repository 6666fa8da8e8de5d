using GameImages.WebApi.Transport;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Http;

/// <summary>The rules of RFC 9110 and RFC 9112 that hold for every route, and that the framework does not follow.</summary>
internal static class RequestRules
{
    private const string Chunked = "chunked";

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        if (Apply(context.Request) is not { } problem)
            return next(context);

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return ProblemResponse.WriteAsync(context, problem);
    }

    /// <summary>Removes the headers that the service has to ignore.</summary>
    /// <returns>The response, if the request breaks a rule.</returns>
    public static ProblemDetails? Apply(HttpRequest request)
    {
        if (!RequestHeaderEncoding.IsValid(request.Headers))
            return Problem(StatusCodes.Status400BadRequest, "The headers have to be UTF-8, without NUL.");

        // Methods are case-sensitive (RFC 9110 section 9.1). The framework would take "get" for GET.
        if (!HttpMethods.GetCanonicalizedValue(request.Method).Equals(request.Method, StringComparison.Ordinal))
            return Problem(
                StatusCodes.Status501NotImplemented,
                "The service does not know this method. The names of methods are written in upper case.");

        // Kestrel checks only the last coding (RFC 9112 section 6.1).
        var codings = request.Headers.TransferEncoding;
        if (codings.Count > 0 && !Chunked.Equals(codings.ToString(), StringComparison.OrdinalIgnoreCase))
            return Problem(
                StatusCodes.Status501NotImplemented, $"The only Transfer-Encoding that the service knows is {Chunked}.");

        RemoveIgnoredHeaders(request);
        return null;
    }

    private static ProblemDetails Problem(int status, string detail) => new() { Status = status, Detail = detail };

    private static void RemoveIgnoredHeaders(HttpRequest request)
    {
        var headers = request.Headers;

        // Only GET has ranges. A server ignores a unit that it does not know (section 14.2), and a range whose If-Range does not match
        // (section 13.1.5). A date never matches: images have none, and the dates of files are not exact enough.
        if (
            headers.Range.Count > 0
            && (!HttpMethods.IsGet(request.Method)
                || !headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)
                || (headers.IfRange.Count > 0 && !IsStrongTag(headers.IfRange))))
            headers.Remove(HeaderNames.Range);

        // A condition on a tag replaces the condition on a date (section 13.2.2).
        if (headers.IfMatch.Count > 0)
            headers.Remove(HeaderNames.IfUnmodifiedSince);
        if (headers.IfNoneMatch.Count > 0)
            headers.Remove(HeaderNames.IfModifiedSince);
    }

    private static bool IsStrongTag(StringValues value) =>
        EntityTagHeaderValue.TryParse(value.ToString(), out var tag) && !tag.IsWeak && tag.Tag != "*";
}
