using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GameImages.Hosting;

/// <summary>The health endpoints of the service, the bot and the worker.</summary>
public static class HealthEndpoints
{
    /// <summary>
    /// Maps /health/live, which succeeds while the process runs, and /health/ready. The latter also requires that the database responds
    /// and has a schema version that this program works with.
    /// </summary>
    /// <param name="writeAsync">Writes the response; null for the name of the status as plain text.</param>
    public static IEndpointConventionBuilder MapHealthEndpoints(
        this IEndpointRouteBuilder app, Func<HttpContext, HealthReport, Task>? writeAsync = null)
    {
        var health = app.MapGroup("/health");
        health.MapHealthChecks("/live", Options(writeAsync, _ => false));
        health.MapHealthChecks("/ready", Options(writeAsync, null));
        return health;
    }

    private static HealthCheckOptions Options(
        Func<HttpContext, HealthReport, Task>? writeAsync, Func<HealthCheckRegistration, bool>? predicate)
    {
        var options = new HealthCheckOptions { Predicate = predicate };
        if (writeAsync is not null)
            options.ResponseWriter = writeAsync;

        return options;
    }
}
