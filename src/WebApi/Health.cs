using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GameImages.WebApi;

/// <summary>Live: the process answers. Ready: the database answers too, with the schema version that this program works with.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        var methods = new HttpMethodMetadata([HttpMethods.Get]);
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync }).WithMetadata(methods);
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = WriteAsync }).WithMetadata(methods);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (report.Status == HealthStatus.Unhealthy)
            context.Response.Headers.RetryAfter = "1";

        var detail = report.Entries.Values.Select(Detail).FirstOrDefault();
        return context.Response.WriteAsJsonAsync(new HealthResponse(report.Status.ToString().ToLowerInvariant(), detail), ApiJson.Json);
    }

    private static string? Detail(HealthReportEntry entry) =>
        entry.Data.ContainsKey("needed_schema_version") ? $"{entry.Description} Run gameimages up." : entry.Description;

    private sealed record HealthResponse(string Status, string? Detail);
}
