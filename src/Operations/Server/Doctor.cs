using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Settings;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Checks the server, the database and its roles. It changes nothing.</summary>
/// <param name="owner">Connects as the owner of the schema; null if it is not set.</param>
/// <param name="administrator">Connects as a role that may see more; null if it is not set.</param>
public sealed class Doctor(string? owner, string? administrator, TimeProvider time)
{
    private const string Connection = "connection";

    /// <summary>How long a session may wait for a lock, or be idle in a transaction.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="NpgsqlException">Neither connection can be opened.</exception>
    /// <exception cref="InvalidSettingException">The only connection leads through a pooler in transaction mode.</exception>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var findings = new List<Finding>();
        await using var connection = await OpenAsync(findings, ct);

        // A check that waits longer for a lock fails, which is a finding.
        await connection.ExecuteAsync(new("SET lock_timeout = '2s'", cancellationToken: ct));

        findings.AddRange(await ServerChecks.Version.RunAsync(connection, ct));
        var schema = await SchemaCheck.Check.RunAsync(connection, ct);
        findings.AddRange(schema);

        foreach (var check in Checks(hasThisSchema: schema.TrueForAll(finding => finding.Health != Health.Problem)))
            findings.AddRange(await check.RunAsync(connection, ct));

        return findings;
    }

    private Check[] Checks(bool hasThisSchema)
    {
        Check[] ofThisSchema = hasThisSchema
            ? [PrivilegeCheck.Check, RowSecurityCheck.Check, OutboxCheck.Check, UploadCheck.Check, VariantCheck.Check]
            : [];
        return
        [
            RoleRights.Check, .. ofThisSchema,
            ServerChecks.Extensions, ServerChecks.Durability, ServerChecks.Autovacuum,
            ClockCheck.Of(time), DecoderCheck.Check, .. DiskChecks.All,
            ReplicationChecks.Standbys, ReplicationChecks.Slots, SessionCheck.Of(Patience),
        ];
    }

    // Tests both connections. The checks use the administrator's if it works, on the database of the owner.
    private async Task<NpgsqlConnection> OpenAsync(List<Finding> findings, CancellationToken ct)
    {
        NpgsqlConnection? open = null;
        Exception? failure = null;

        foreach (var (setting, connectionString) in new[] { ("Migrator", owner), ("Administrator", administrator) })
        {
            if (connectionString is null)
                continue;

            var connection = new NpgsqlConnection(Settings(connectionString));
            try
            {
                await connection.OpenAsync(ct);
                await PoolerCheck.RequireSessionAsync(connection, async () =>
                {
                    var another = new NpgsqlConnection(Settings(connectionString));
                    await another.OpenAsync(ct);
                    return another;
                });
                var found = $"{connection.UserName} at {connection.Host}:{connection.Port}, database {connection.Database}";
                findings.Add(new(Connection, Health.Ok, found));
                await (open?.DisposeAsync() ?? ValueTask.CompletedTask);
                open = connection;
            }
            catch (NpgsqlException failed)
            {
                await connection.DisposeAsync();
                failure = failed;
                var found = $"ConnectionStrings__{setting}: {(failed as PostgresException)?.MessageText ?? failed.Message}";
                var toDo = $"Correct ConnectionStrings__{setting}, or the server that it names.";
                findings.Add(new(Connection, Health.Problem, found, toDo));
            }
            catch (InvalidSettingException pooler)
            {
                await connection.DisposeAsync();
                failure = pooler;
                findings.Add(new(Connection, Health.Problem, $"ConnectionStrings__{setting}: {pooler.Message}"));
            }
        }

        return open ?? throw failure!;
    }

    private string Settings(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Database = new NpgsqlConnectionStringBuilder(owner ?? administrator).Database,
        Pooling = false,
        ApplicationName = "gameimages",
    }.ConnectionString;
}
