using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Opens connections to move the schema, or to look at it.</summary>
internal static class OwnerConnection
{
    /// <summary>
    /// There is no pool, because what a session locks and sets has to end with it. The details of notices have the progress of a move.
    /// </summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false;Command Timeout=0;Include Error Detail=true");
        try
        {
            await connection.OpenAsync(ct);

            // A schema with the name of the role would come first by default, and get what a migration creates without naming a schema.
            await connection.ExecuteAsync(new("SET search_path = public", cancellationToken: ct));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until no other program moves the schema, and lets none begin before the connection is closed. The lock belongs to the session
    /// and not to a transaction, because a move takes one transaction for each version.
    /// </summary>
    public static async Task<NpgsqlConnection> OpenAloneAsync(string connectionString, CancellationToken ct)
    {
        var connection = await OpenAsync(connectionString, ct);
        try
        {
            await connection.ExecuteAsync(new($"SELECT pg_advisory_lock({SchemaHistoryTable.MoveLock})", cancellationToken: ct));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
