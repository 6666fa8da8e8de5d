using System.Data;
using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Runs every query. Dapper creates the commands and converts rows to objects, but this class reads the rows. Dapper would read each
/// column from the network on demand, block the thread meanwhile, and wrap the exception of a connection that is lost inside a row.
/// </summary>
internal static class Queries
{
    public static Task<List<T>> QueryAsync<T>(this NpgsqlConnection connection, CommandDefinition command) =>
        connection.QueryLastAsync<T>(command, before: 0);

    /// <summary>Reads the last result of several statements.</summary>
    /// <param name="before">The number of results before it.</param>
    public static Task<List<T>> QueryLastAsync<T>(this NpgsqlConnection connection, CommandDefinition command, int before) =>
        connection.RunAsync(async () =>
        {
            await using var reader = await SqlMapper.ExecuteReaderAsync(connection, command, CommandBehavior.Default);
            for (var result = 0; result < before; result++)
                await reader.NextResultAsync(command.CancellationToken);

            return await reader.RowsAsync<T>(command.CancellationToken);
        });

    /// <exception cref="InvalidOperationException">There is no row, or there are several.</exception>
    public static async Task<T> QuerySingleAsync<T>(this NpgsqlConnection connection, CommandDefinition command) =>
        (await connection.QueryAsync<T>(command)).Single();

    /// <exception cref="InvalidOperationException">There are several rows.</exception>
    public static async Task<T?> QuerySingleOrDefaultAsync<T>(this NpgsqlConnection connection, CommandDefinition command) =>
        (await connection.QueryAsync<T>(command)).SingleOrDefault();

    /// <summary>Reads one row after the other, without keeping all of them in memory.</summary>
    public static async IAsyncEnumerable<T> QueryUnbufferedAsync<T>(
        this NpgsqlConnection connection, string sql, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await connection.RunAsync(() => command.ExecuteReaderAsync(ct));
        var parse = reader.GetRowParser(typeof(T));
        while (await connection.RunAsync(() => reader.ReadAsync(ct)))
            yield return (T)parse(reader);
    }

    /// <returns>The number of changed rows.</returns>
    public static Task<int> ExecuteAsync(this NpgsqlConnection connection, CommandDefinition command) =>
        connection.RunAsync(() => SqlMapper.ExecuteAsync(connection, command));

    /// <summary>Reads the results of a batch.</summary>
    public static Task<T> ReadAsync<T>(
        this NpgsqlBatch batch, Func<NpgsqlDataReader, Task<T>> readAsync, CancellationToken ct) =>
        batch.Connection!.RunAsync(async () =>
        {
            await using var reader = await batch.ExecuteReaderAsync(ct);
            return await readAsync(reader);
        });

    /// <summary>Runs work on the connection. If the connection was lost, an error that does not name this cause is replaced.</summary>
    /// <exception cref="ConnectionLostException">
    /// The connection was lost during the work, or before. In the second case the work did not run.
    /// </exception>
    public static async Task<T> RunAsync<T>(this NpgsqlConnection connection, Func<Task<T>> work)
    {
        // Dapper would open a new connection, which has neither the transaction nor its locks.
        connection.ThrowIfLost();

        try
        {
            return await work();
        }
        catch (Exception fault) when (connection.IsLost && DatabaseFaults.Cause(fault) is null && fault is not OperationCanceledException)
        {
            throw new ConnectionLostException(fault);
        }
    }

    extension(NpgsqlConnection connection)
    {
        /// <exception cref="ConnectionLostException">The connection was lost.</exception>
        public void ThrowIfLost()
        {
            if (connection.IsLost)
                throw new ConnectionLostException(null);
        }

        // A connection that the program itself closed does not count as lost. Using it is a mistake of the program.
        public bool IsLost => connection.FullState.HasFlag(ConnectionState.Broken);
    }
}
