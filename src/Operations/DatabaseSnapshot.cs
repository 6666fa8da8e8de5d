using System.Data;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations;

/// <summary>
/// The whole database at one moment, read by a role from which row-level security hides nothing. Concurrent writes do not change the
/// snapshot, and they do not wait for it.
/// </summary>
public sealed class DatabaseSnapshot : IAsyncDisposable
{
    private DatabaseSnapshot(NpgsqlConnection connection, string id, int? schemaVersion)
    {
        Connection = connection;
        Id = id;
        SchemaVersion = schemaVersion;
    }

    /// <summary>
    /// The name of the snapshot for SET TRANSACTION SNAPSHOT and pg_dump --snapshot. It is valid until this object is disposed of.
    /// </summary>
    public string Id { get; }

    public string Database => Connection.Database;

    /// <summary>Null if this program does not know the version.</summary>
    public int? SchemaVersion { get; }

    internal NpgsqlConnection Connection { get; }

    /// <exception cref="RefusedException">Row-level security filters what the role sees, or the schema is older.</exception>
    public static async Task<DatabaseSnapshot> TakeAsync(OperatorDatabase database, CancellationToken ct) =>
        await TakeAsync(await database.OpenUnfilteredAsync(ct), ct);

    /// <summary>Takes a snapshot of a database of any schema version.</summary>
    /// <exception cref="RefusedException">Row-level security filters what the role sees, or the database has no schema.</exception>
    public static async Task<DatabaseSnapshot> TakeOfAnyVersionAsync(OperatorDatabase database, CancellationToken ct) =>
        await TakeAsync(await database.OpenUnfilteredOfAnyVersionAsync(ct), ct);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static async Task<DatabaseSnapshot> TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            // pg_dump, which shares the snapshot, may take longer than the server lets a session be idle.
            await connection.ExecuteAsync(new("SET idle_in_transaction_session_timeout = 0", cancellationToken: ct));

            if (await SchemaHistory.ReadVersionOrNullAsync(connection, ct) == 0)
                throw new RefusedException($"The database {connection.Database} has no schema of GameImages.");

            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);

            // A snapshot does not see the rows of a table that is rewritten after it was taken. The lock waits for a migration that
            // rewrites the table, and lets none begin until the snapshot is disposed of. The statement takes no snapshot itself.
            await connection.ExecuteAsync(new("LOCK TABLE game_sessions IN ACCESS SHARE MODE", cancellationToken: ct));
            var schemaVersion = await SchemaHistory.ReadVersionOrNullAsync(connection, ct);
            var id = await connection.QuerySingleAsync<string>(new(
                "SET TRANSACTION READ ONLY; SELECT pg_export_snapshot()", cancellationToken: ct));
            return new(connection, id, schemaVersion);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
