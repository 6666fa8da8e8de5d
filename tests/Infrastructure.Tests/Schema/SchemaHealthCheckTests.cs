using Dapper;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GameImages.Infrastructure.Tests.Schema;

public sealed class SchemaHealthCheckTests
{
    [Test]
    public async Task Concurrent_health_checks_share_one_query()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString(Roles.App));
        await using var connection = await database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("LOCK TABLE schema_versions IN ACCESS EXCLUSIVE MODE");
        var check = new SchemaHealthCheck(source, new RetryPipeline(TimeProvider.System));

        var asked = Enumerable.Range(0, 100).Select(_ => check.CheckHealthAsync(new())).ToList();
        await database.WaitForWaitersAsync();
        asked.Add(check.CheckHealthAsync(new()));
        var connections = await database.SingleAsync<int>(
            "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND usename = @role", new { role = Roles.App });
        Assert.That(connections, Is.EqualTo(1));

        await transaction.RollbackAsync();
        Assert.That((await Task.WhenAll(asked)).Select(result => result.Status), Is.All.EqualTo(HealthStatus.Healthy));

        // The next check queries the database again.
        await database.ExecuteAsync("DELETE FROM schema_versions");
        Assert.That((await check.CheckHealthAsync(new())).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }
}
