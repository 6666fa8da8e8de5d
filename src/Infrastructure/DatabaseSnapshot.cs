using System.Data;
using Dapper;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>The whole database as it is at one moment, to a role that row security hides nothing from. It does not change while others write, and nobody waits for it.</summary>
public sealed class DatabaseSnapshot : IAsyncDisposable
{
    private DatabaseSnapshot(NpgsqlConnection connection, string id) => (Connection, Id) = (connection, id);

    /// <summary>Shows the same moment to others until this is disposed, by SET TRANSACTION SNAPSHOT or pg_dump --snapshot.</summary>
    public string Id { get; }

    internal NpgsqlConnection Connection { get; }

    /// <exception cref="RefusedException">Row security filters what the role sees; or the schema is older.</exception>
    public static async Task<DatabaseSnapshot> TakeAsync(OperatorDatabase database, CancellationToken ct)
    {
        var connection = await database.OpenUnfilteredAsync(ct);
        try
        {
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return new(connection, await connection.QuerySingleAsync<string>(new("SET TRANSACTION READ ONLY; SELECT pg_export_snapshot()", cancellationToken: ct)));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
