using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.WebApi;

/// <summary>Writes an error as application/problem+json (RFC 9457), whatever the request accepts: an image tag accepts no JSON at all.</summary>
internal static class ProblemResponse
{
    public static Task WriteAsync(HttpContext context) => WriteAsync(context, new ProblemDetails { Status = context.Response.StatusCode });

    public static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status!.Value);
        problem.Instance = context.Request.Path;
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, problem.GetType(), ApiJson.Json);

        context.Response.StatusCode = problem.Status!.Value;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";

        // The headers of HEAD are those of GET.
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
