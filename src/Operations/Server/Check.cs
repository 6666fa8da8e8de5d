using System.Data;
using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>A check of the server or the database. It changes nothing.</summary>
internal sealed record Check(string Name, Func<NpgsqlConnection, CancellationToken, Task<IEnumerable<Finding>>> FindAsync)
{
    /// <param name="fine">The finding if the query returns no rows.</param>
    /// <param name="sql">
    /// Returns a row for each finding. Its columns are the health (ok, warning or problem), the finding, and what to do about it.
    /// </param>
    public static Check Sql(string name, string fine, string sql, object? parameters = null) => new(name, async (connection, ct) =>
    {
        var rows = await connection.QueryAsync<(string Health, string Found, string? ToDo)>(new(sql, parameters, cancellationToken: ct));
        return rows.Select(row => new Finding(name, Enum.Parse<Health>(row.Health, ignoreCase: true), row.Found, row.ToDo))
            .DefaultIfEmpty(new(name, Health.Ok, fine));
    });

    /// <returns>The findings. A query that fails, for example because of a missing right or a lock, is a finding as well.</returns>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public async Task<List<Finding>> RunAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            return [.. await FindAsync(connection, ct)];
        }
        catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            var toDo = "Set ConnectionStrings__Administrator to a superuser or a member of pg_monitor.";
            return [new(Name, Health.Warning, $"not visible to {connection.UserName}", toDo)];
        }
        catch (NpgsqlException failed) when (connection.State == ConnectionState.Open)
        {
            return [new(Name, Health.Problem, (failed as PostgresException)?.MessageText ?? failed.Message)];
        }
    }
}
