using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GameImages.WebApi.Http;

/// <summary>
/// Rejects a body that is not the content itself, before the service reads it: compressed content, and a part of the content. The service
/// would otherwise store something else than the client means.
/// </summary>
internal static class BodyHeaders
{
    private const string Identity = "identity";

    public static Task Check(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;

        // The endpoint of a method that is not allowed is not the endpoint of a route.
        if (!MayHaveBody(context.Request.Method) || context.GetEndpoint() is not RouteEndpoint)
            return next(context);

        // RFC 9110 section 14.5
        if (headers.ContentRange.Count > 0)
            return RejectAsync(context, StatusCodes.Status400BadRequest, "Send the whole body, without Content-Range.");

        var codings = headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding);
        if (codings.All(coding => coding.Equals(Identity, StringComparison.OrdinalIgnoreCase)))
            return next(context);

        // RFC 9110 section 15.5.16
        context.Response.Headers.AcceptEncoding = Identity;
        return RejectAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send the body without Content-Encoding.");
    }

    private static bool MayHaveBody(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method);

    private static Task RejectAsync(HttpContext context, int status, string detail) =>
        ProblemResponse.WriteAsync(context, new ProblemDetails { Status = status, Detail = detail });
}
