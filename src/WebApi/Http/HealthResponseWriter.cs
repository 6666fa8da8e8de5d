using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GameImages.WebApi.Http;

/// <summary>Writes the result of the health checks as JSON.</summary>
internal static class HealthResponseWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (report.Status == HealthStatus.Unhealthy)
            context.Response.Headers.RetryAfter = "1";

        var entry = report.Entries.Values.FirstOrDefault();
        var detail = entry.Data?.ContainsKey("needed_schema_version") == true
            ? $"{entry.Description} Run gameimages up."
            : entry.Description;
        return context.Response.WriteAsJsonAsync(new HealthResponse(report.Status.ToString().ToLowerInvariant(), detail), ApiJson.Json);
    }

    private sealed record HealthResponse(string Status, string? Detail);
}
