using System.Data;
using GameImages.Application;
using GameImages.Infrastructure.Games;
using GameImages.Infrastructure.Images;
using Npgsql;

namespace GameImages.Infrastructure;

internal static class Commit
{
    /// <summary>The statement that ends a transaction which an earlier batch has begun.</summary>
    public const string Sql = "COMMIT";

    /// <summary>Commits, and is not cancelled half way: once asked to, the server's answer is waited for.</summary>
    /// <exception cref="OutcomeUnknownException">The connection was lost on the way.</exception>
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
        // Only an error that the server itself answered says that nothing was committed; lost and late answers say nothing.
        catch (NpgsqlException lost) when (lost is not PostgresException fault || DatabaseFaults.EndsSession(fault))
        {
            throw new OutcomeUnknownException(lost);
        }
    }

    /// <summary>The same for a batch that ends with <see cref="Sql"/>, or that runs outside of a transaction and so is one.</summary>
    /// <param name="readAsync">Reads the results; those that it leaves are passed over.</param>
    /// <exception cref="OutcomeUnknownException">The connection was lost on the way.</exception>
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

                    // The answer to the commit comes last.
                    while (await reader.NextResultAsync(CancellationToken.None))
                        continue;

                    return result;
                },
                CancellationToken.None);
        }
        catch (PostgresException refused) when ((ImageStatements.Refusal(refused) ?? GameStatements.Refusal(refused)) is { } refusal)
        {
            throw refusal;
        }
        catch (NpgsqlException lost) when (IsUnknown(lost, batch.Connection!))
        {
            throw new OutcomeUnknownException(lost);
        }
    }

    // An error that ends the connection comes before the commit when it names another statement. A statement that took too long is cancelled
    // first, and when the connection is still there, the server has answered that it was.
    private static bool IsUnknown(NpgsqlException lost, NpgsqlConnection connection) => lost is PostgresException fault
        ? DatabaseFaults.EndsSession(fault) && fault.BatchCommand is null or { CommandText: Sql }
        : lost.InnerException is not TimeoutException || !connection.FullState.HasFlag(ConnectionState.Open);
}
