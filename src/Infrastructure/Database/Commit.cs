using System.Data;
using GameImages.Application;
using Npgsql;

namespace GameImages.Infrastructure.Database;

internal static class Commit
{
    /// <summary>The statement that commits a transaction that an earlier batch has begun.</summary>
    public const string Sql = "COMMIT";

    /// <summary>Commits, and waits for the response of the server. It cannot be cancelled.</summary>
    /// <exception cref="OutcomeUnknownException">The connection was lost during the commit.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost before the commit was sent, so nothing was committed.</exception>
    public static async Task CommitToTheEndAsync(this NpgsqlTransaction transaction)
    {
        var connection = transaction.Connection!;
        connection.ThrowIfLost();

        try
        {
            await connection.RunAsync(async () =>
            {
                await transaction.CommitAsync(CancellationToken.None);
                return 0;
            });
        }
        // Only an error from the server proves that nothing was committed. After a lost connection or a timeout, the outcome is unknown.
        catch (NpgsqlException lost) when (lost is not PostgresException fault || DatabaseFaults.EndsSession(fault))
        {
            throw new OutcomeUnknownException(lost);
        }
    }

    /// <summary>Does the same for a batch that ends with <see cref="Sql"/>, or that is a transaction of its own.</summary>
    /// <param name="readAsync">Reads results. The results that it leaves are skipped.</param>
    /// <exception cref="OutcomeUnknownException">The connection was lost during the commit.</exception>
    /// <exception cref="ConnectionLostException">The connection was lost before the batch was sent, so nothing was committed.</exception>
    public static async Task<T> CommitToTheEndAsync<T>(this NpgsqlBatch batch, Func<NpgsqlDataReader, Task<T>> readAsync)
    {
        batch.Connection!.ThrowIfLost();

        try
        {
            return await batch.ReadAsync(
                async reader =>
                {
                    var result = await readAsync(reader);

                    // The response to the commit comes last.
                    while (await reader.NextResultAsync(CancellationToken.None))
                        continue;

                    return result;
                },
                CancellationToken.None);
        }
        catch (NpgsqlException lost) when (IsUnknown(lost, batch.Connection!))
        {
            throw new OutcomeUnknownException(lost);
        }
    }

    // An error that ends the connection and names a statement other than the commit was raised before the commit. After a timeout, the
    // driver cancels the statement. If the connection is still open, the server has confirmed the cancellation.
    private static bool IsUnknown(NpgsqlException lost, NpgsqlConnection connection)
    {
        if (lost is PostgresException fault)
        {
            return DatabaseFaults.KindOf(fault) == FaultKind.UnknownOutcome
                || (DatabaseFaults.EndsSession(fault) && fault.BatchCommand is null or { CommandText: Sql });
        }

        return lost.InnerException is not TimeoutException || !connection.FullState.HasFlag(ConnectionState.Open);
    }
}
