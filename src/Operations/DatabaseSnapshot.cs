using System.Data;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations;

/// <summary>The whole database as it is at one moment, to a role that row security hides nothing from. It does not change while others write, and nobody waits for it.</summary>
public sealed class DatabaseSnapshot : IAsyncDisposable
{
    private DatabaseSnapshot(NpgsqlConnection connection, string id, int? schemaVersion) =>
        (Connection, Id, SchemaVersion) = (connection, id, schemaVersion);

    /// <summary>Shows the same moment to others until this is disposed, by SET TRANSACTION SNAPSHOT or pg_dump --snapshot.</summary>
    public string Id { get; }

    public string Database => Connection.Database;

    /// <summary>Null for one that this program does not know.</summary>
    public int? SchemaVersion { get; }

    internal NpgsqlConnection Connection { get; }

    /// <exception cref="RefusedException">Row security filters what the role sees; or the schema is older.</exception>
    public static async Task<DatabaseSnapshot> TakeAsync(OperatorDatabase database, CancellationToken ct) =>
        await TakeAsync(await database.OpenUnfilteredAsync(ct), ct);

    /// <summary>Takes one of any schema version.</summary>
    /// <exception cref="RefusedException">Row security filters what the role sees; or there is no schema.</exception>
    public static async Task<DatabaseSnapshot> TakeOfAnyVersionAsync(OperatorDatabase database, CancellationToken ct) =>
        await TakeAsync(await database.OpenUnfilteredOfAnyVersionAsync(ct), ct);

    private static async Task<DatabaseSnapshot> TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            // Who shares the snapshot may take longer than the server lets sessions be idle.
            await connection.ExecuteAsync(new("SET idle_in_transaction_session_timeout = 0", cancellationToken: ct));

            var schemaVersion = await SchemaHistory.ReadVersionOrNullAsync(connection, ct);
            if (schemaVersion == 0)
                throw new RefusedException($"The database {connection.Database} has no schema of GameImages.");

            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return new(
                connection,
                await connection.QuerySingleAsync<string>(
                    new("SET TRANSACTION READ ONLY; SELECT pg_export_snapshot()", cancellationToken: ct)),
                schemaVersion);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
