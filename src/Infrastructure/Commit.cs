using GameImages.Application;
using Npgsql;

namespace GameImages.Infrastructure;

internal static class Commit
{
    /// <summary>Commits, and is not cancelled half way: once asked to, the server's answer is waited for.</summary>
    /// <exception cref="OutcomeUnknownException">The connection was lost on the way.</exception>
    public static async Task CommitToTheEndAsync(this NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        // Only an error that the server itself answered says that nothing was committed; lost and late answers say nothing.
        catch (NpgsqlException lost) when (lost is not PostgresException || DatabaseFaults.IsConnectionLoss(lost))
        {
            throw new OutcomeUnknownException(lost);
        }
    }
}
