using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Healthy when the database answers and has the schema version that this program works with.</summary>
internal sealed class SchemaHealthCheck(GameDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            var applied = await connection.QueryAsync<string>(new($"SELECT \"MigrationId\" FROM {SchemaContext.HistoryTable}", cancellationToken: cancellationToken));
            var version = SchemaVersions.Of(applied);

            return version == SchemaVersions.Names.Count
                ? HealthCheckResult.Healthy($"Schema version {version}.")
                : HealthCheckResult.Unhealthy($"The schema has version {version}, but {SchemaVersions.Names.Count} is needed: run gameimages up.");
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return HealthCheckResult.Unhealthy("The database has no schema yet: run gameimages up.");
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Version 3 is the first that lets the service look.
            return HealthCheckResult.Unhealthy($"The schema is older than version {SchemaVersions.Names.Count}, which is needed: run gameimages up.");
        }
        catch (SchemaVersionException unknown)
        {
            return HealthCheckResult.Unhealthy(unknown.Message);
        }
        catch (NpgsqlException unreachable)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", unreachable);
        }
    }
}
