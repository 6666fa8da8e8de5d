using System.Data;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>One thing to look at. Looking changes nothing.</summary>
internal sealed record Check(string Name, Func<NpgsqlConnection, CancellationToken, Task<IEnumerable<Finding>>> LookAsync)
{
    /// <param name="fine">What there is to say when the query finds nothing.</param>
    /// <param name="sql">A row for each finding: ok, warning or problem; what was found; what to do about it.</param>
    public static Check Sql(string name, string fine, string sql, object? parameters = null) => new(name, async (connection, ct) =>
        {
            var rows = await connection.QueryAsync<(string Health, string Found, string? ToDo)>(
                new(sql, parameters, cancellationToken: ct));
            return rows.Select(row => new Finding(name, Enum.Parse<Health>(row.Health, ignoreCase: true), row.Found, row.ToDo))
                .DefaultIfEmpty(new(name, Health.Ok, fine));
        });

    /// <returns>What was found; also when the role may not see it, or it is locked.</returns>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public async Task<List<Finding>> RunAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return [.. await LookAsync(connection, ct)];
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return
            [
                new(
                    Name,
                    Health.Warning,
                    $"not visible to {connection.UserName}",
                    "Set ConnectionStrings__Administrator to a superuser or a member of pg_monitor."),
            ];
        }
        catch (NpgsqlException failed) when (connection.State == ConnectionState.Open)
        {
            return [new(Name, Health.Problem, (failed as PostgresException)?.MessageText ?? failed.Message)];
        }
    }
}
