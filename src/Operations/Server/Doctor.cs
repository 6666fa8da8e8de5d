using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Looks at the server, the database and its roles, and says what to do. It changes nothing.</summary>
/// <param name="owner">Connects as the owner of the schema; null if that is not known.</param>
/// <param name="administrator">Connects as somebody who sees more; null if there is nobody.</param>
public sealed class Doctor(string? owner, string? administrator, TimeProvider time)
{
    private const string Connection = "connection";

    /// <summary>How long a session may wait for a lock, or hold one without doing anything.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="NpgsqlException">Neither connection can be had.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var findings = new List<Finding>();
        await using var connection = await OpenAsync(findings, ct);

        // What is locked is a finding too.
        await connection.ExecuteAsync(new("SET lock_timeout = '2s'", cancellationToken: ct));

        findings.AddRange(await ServerChecks.Version.RunAsync(connection, ct));
        var schema = await SchemaCheck.Check.RunAsync(connection, ct);
        findings.AddRange(schema);

        Check[] ofThisSchema = schema.Exists(finding => finding.Health == Health.Problem)
            ? []
            : [PrivilegeCheck.Check, RowSecurityCheck.Check, OutboxCheck.Check];
        foreach (
            var check in (Check[])
                [
                    RoleRights.Check,
                    .. ofThisSchema,
                    ServerChecks.Extensions,
                    ServerChecks.Durability,
                    ServerChecks.Autovacuum,
                    ClockCheck.Of(time),
                    .. DiskChecks.All,
                    ReplicationChecks.Standbys,
                    ReplicationChecks.Slots,
                    SessionCheck.Of(Patience),
                ])
        {
            findings.AddRange(await check.RunAsync(connection, ct));
        }

        return findings;
    }

    // As the administrator if that is possible, on the owner's database.
    private async Task<NpgsqlConnection> OpenAsync(List<Finding> findings, CancellationToken ct)
    {
        NpgsqlConnection? open = null;
        NpgsqlException? failure = null;
        var database = new NpgsqlConnectionStringBuilder(owner ?? administrator).Database;

        foreach (var (setting, connectionString) in new[] { ("Migrator", owner), ("Administrator", administrator) })
        {
            if (connectionString is null)
                continue;

            var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connectionString)
                {
                    Database = database,
                    Pooling = false,
                    ApplicationName = "gameimages",
                }.ConnectionString);
            try
            {
                await connection.OpenAsync(ct);
                findings.Add(
                    new(
                        Connection,
                        Health.Ok,
                        $"{connection.UserName} at {connection.Host}:{connection.Port}, database {connection.Database}"));
                await (open?.DisposeAsync() ?? ValueTask.CompletedTask);
                open = connection;
            }
            catch (NpgsqlException failed)
            {
                await connection.DisposeAsync();
                failure = failed;
                findings.Add(
                    new(
                        Connection,
                        Health.Problem,
                        $"ConnectionStrings__{setting}: {(failed as PostgresException)?.MessageText ?? failed.Message}",
                        $"Mend ConnectionStrings__{setting}, or what it leads to."));
            }
        }

        return open ?? throw failure!;
    }
}
