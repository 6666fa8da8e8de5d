using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace GameImages.WebApi.Http;

/// <summary>
/// Writes an error as application/problem+json (RFC 9457). It ignores the Accept header, because an image tag does not accept JSON.
/// </summary>
internal static class ProblemResponse
{
    /// <summary>Names the quota that the request would exceed.</summary>
    public static ProblemDetails SetQuota(this ProblemDetails problem, string quota, long limit, long use)
    {
        problem.Title = "A quota is exceeded.";
        problem.Extensions["quota"] = quota;
        problem.Extensions["limit"] = limit;
        problem.Extensions["use"] = use;
        return problem;
    }

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

        // Kestrel sends no body in response to HEAD.
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
