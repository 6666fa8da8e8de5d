using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GameImages.WebApi.Http;

/// <summary>Writes the result of the health checks as JSON.</summary>
internal static class HealthResponseWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (report.Status == HealthStatus.Unhealthy)
            context.Response.Headers.RetryAfter = "1";

        var detail = report.Entries.Values.Select(entry => entry.Description).FirstOrDefault();
        return context.Response.WriteAsJsonAsync(new HealthResponse(report.Status.ToString().ToLowerInvariant(), detail), ApiJson.Json);
    }

    private sealed record HealthResponse(string Status, string? Detail);
}
