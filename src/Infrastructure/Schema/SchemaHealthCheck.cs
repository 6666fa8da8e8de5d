using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Healthy when the database answers and has a schema version that this program works with. Anybody may ask, so one look at the database
/// answers all who ask meanwhile.
/// </summary>
internal sealed class SchemaHealthCheck(NpgsqlDataSource source) : IHealthCheck
{
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
            await using var connection = await source.OpenConnectionAsync();
            return await CheckAsync(connection, CancellationToken.None);
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Version 3 is the first that lets the service look.
            return HealthCheckResult.Unhealthy($"The schema is older than version {SchemaVersions.Names.Count}, which is needed: run gameimages up.");
        }
        catch (NpgsqlException unreachable)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", unreachable);
        }
    }

    private static async Task<HealthCheckResult> CheckAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            var version = await SchemaVersions.ReadAsync(connection, ct);
            return version == SchemaVersions.Names.Count
                ? HealthCheckResult.Healthy($"Schema version {version}.")
                : HealthCheckResult.Unhealthy($"The schema has version {version}, but {SchemaVersions.Names.Count} is needed: run gameimages up.");
        }
        catch (SchemaVersionException unknown)
        {
            // So that the schema can be moved up while the older service goes on.
            return await SchemaVersions.IsCompatibleAsync(connection, ct)
                ? HealthCheckResult.Healthy("A newer schema version, which this program works with.")
                : HealthCheckResult.Unhealthy(unknown.Message);
        }
    }
}
