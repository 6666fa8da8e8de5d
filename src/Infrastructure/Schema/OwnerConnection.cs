using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>Opens connections as the owner of the schema.</summary>
internal static class OwnerConnection
{
    /// <summary>
    /// Opens a connection without a pool, because the locks and settings of the session must end with it. Notices include their details,
    /// which report the progress of a migration.
    /// </summary>
    public static Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct) =>
        OpenAsync(connectionString, _ => Task.CompletedTask, ct);

    /// <summary>
    /// Opens a connection that holds the lock on migrations. Without the lock, two programs could migrate the schema at once. It is held
    /// until the connection is closed, because a migration takes one transaction for each version. The second program waits and then finds
    /// the migrated schema.
    /// </summary>
    public static Task<NpgsqlConnection> OpenAloneAsync(string connectionString, CancellationToken ct) => OpenAsync(
        connectionString,
        connection => connection.ExecuteAsync(
            new($"SELECT pg_advisory_lock({SchemaHistoryTable.MoveLock})", cancellationToken: ct)),
        ct);

    private static Task<NpgsqlConnection> OpenAsync(
        string connectionString, Func<NpgsqlConnection, Task> prepare, CancellationToken ct) => Connections.OpenUnpooledAsync(
        $"{connectionString};Command Timeout=0;Include Error Detail=true",
        async connection =>
        {
            // By default, a schema with the name of the role comes before public. Objects without a schema name would be created there.
            await connection.ExecuteAsync(new("SET search_path = public", cancellationToken: ct));
            await prepare(connection);
        },
        ct);
}
