using System.Data;
using Dapper;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Infrastructure.Server;

/// <summary>The whole database as it was at one moment, for as long as this is open, for other programs as well.</summary>
public sealed class DatabaseSnapshot : IAsyncDisposable
{
    private readonly NpgsqlTransaction transaction;

    private DatabaseSnapshot(NpgsqlTransaction transaction, string name, int? schemaVersion) => (this.transaction, Name, SchemaVersion) = (transaction, name, schemaVersion);

    /// <summary>What SET TRANSACTION SNAPSHOT takes.</summary>
    public string Name { get; }

    /// <summary>Null when it is a newer one than this program knows.</summary>
    public int? SchemaVersion { get; }

    public string Database => transaction.Connection!.Database;

    /// <exception cref="RefusedException">Row security filters what the role sees, or the database has no schema.</exception>
    public static async Task<DatabaseSnapshot> TakeAsync(OperatorDatabase database, CancellationToken ct)
    {
        var connection = await database.OpenUnfilteredOfAnyVersionAsync(ct);
        try
        {
            var version = await SchemaVersions.ReadOrNullAsync(connection, ct);
            if (version == 0)
                throw new RefusedException($"The database {connection.Database} has no schema of GameImages.");

            // Nothing is asked here while another program reads, which may take longer than the server lets sessions be idle.
            await connection.ExecuteAsync(new("SET idle_in_transaction_session_timeout = 0", cancellationToken: ct));
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return new(transaction, await connection.QuerySingleAsync<string>(new("SELECT pg_export_snapshot()", transaction: transaction, cancellationToken: ct)), version);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var connection = transaction.Connection;
        await transaction.DisposeAsync();
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
