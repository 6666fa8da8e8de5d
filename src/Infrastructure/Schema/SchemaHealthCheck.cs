using GameImages.Infrastructure.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Healthy when the database answers and has a schema version that this program works with. Anyone may request this check, so requests
/// that arrive during a check share its result.
/// </summary>
internal sealed class SchemaHealthCheck(NpgsqlDataSource source, RetryPipeline retry) : IHealthCheck
{
    /// <summary>The results for an older schema have this data, so that a program can add how to move the schema up.</summary>
    private static readonly Dictionary<string, object> OldSchema = new() { ["needed_schema_version"] = SchemaVersions.Latest };

    private readonly Lock turn = new();
    private Task<HealthCheckResult>? check;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (turn)
        {
            if (check is not { IsCompleted: false })
                check = Task.Run(CheckAsync, CancellationToken.None);

            return check.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> CheckAsync()
    {
        try
        {
            // A lost connection of the pool is no reason to report the service as unready, so the check retries.
            return await retry.RunAsync(() => CheckAsync(CancellationToken.None), CancellationToken.None);
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Before version 3, the service may not read the history.
            return HealthCheckResult.Unhealthy(
                $"The schema is older than version {SchemaVersions.Latest}, which this program needs.", data: OldSchema);
        }
        catch (Exception unreachable) when (DatabaseFaults.IsUnavailable(unreachable))
        {
            // The framework logs this exception at every probe, so it carries no stack.
            return HealthCheckResult.Unhealthy("The database is unavailable.", new NpgsqlException(unreachable.Message));
        }
    }

    private async Task<HealthCheckResult> CheckAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var version = (await SchemaHistory.ReadAsync(connection, ct, ignoresSecond: true)).Version;
            return version == SchemaVersions.Latest
                ? HealthCheckResult.Healthy($"Schema version {version}.")
                : HealthCheckResult.Unhealthy(
                    $"The schema has version {version}, but this program needs version {SchemaVersions.Latest}.", data: OldSchema);
        }
        catch (SchemaVersionException unknown)
        {
            // An older service keeps working while the schema is moved up, if the newer program wrote that it may.
            return unknown.Fault == SchemaFault.NewerVersion && await SchemaHistory.IsCompatibleAsync(connection, ct)
                ? HealthCheckResult.Healthy("A newer schema version, which this program works with.")
                : HealthCheckResult.Unhealthy(unknown.Message);
        }
    }
}
