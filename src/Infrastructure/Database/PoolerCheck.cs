using GameImages.Infrastructure.Settings;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Finds poolers, such as PgBouncer, between the program and the server. A pooler in transaction mode gives each transaction of a client
/// another session of the server, so the session keeps neither prepared statements nor settings nor locks for the client.
/// </summary>
internal static class PoolerCheck
{
    private const int Rounds = 3;

    /// <summary>Refuses a pooler.</summary>
    /// <param name="setting">The name of the connection string, for the message.</param>
    /// <param name="advice">What to do about it, for the message.</param>
    /// <exception cref="InvalidSettingException">The connection leads through a pooler.</exception>
    public static async Task RefuseAsync(NpgsqlConnection connection, string setting, string advice)
    {
        if (await ServerProcessAsync(connection) != connection.ProcessID)
            throw new InvalidSettingException($"ConnectionStrings:{setting} leads through a pooler. {advice}");
    }

    /// <summary>
    /// Refuses a pooler in transaction mode. Other clients can hide it for a moment, when they use the session that the program has used
    /// before. So the check looks several times at the sessions of two connections.
    /// </summary>
    /// <param name="openAnotherAsync">Opens another connection in the same way.</param>
    /// <exception cref="InvalidSettingException">A connection has changed its session of the server, or both have used one.</exception>
    public static async Task RequireSessionAsync(NpgsqlConnection connection, Func<Task<NpgsqlConnection>> openAnotherAsync)
    {
        var process = await ServerProcessAsync(connection);
        if (process == connection.ProcessID)
            return;

        await using var another = await openAnotherAsync();
        for (var round = 0; round < Rounds; round++)
        {
            if (await ServerProcessAsync(another) == process || await ServerProcessAsync(connection) != process)
            {
                throw new InvalidSettingException(
                    $"The connection to {connection.Host}:{connection.Port} leads through a pooler in transaction mode. "
                    + "This program needs sessions of its own: name the server itself, or a pooler in session mode.");
            }
        }
    }

    // A pooler gives its clients numbers of its own instead of the process ids of the server.
    private static Task<int> ServerProcessAsync(NpgsqlConnection connection) =>
        connection.QuerySingleAsync<int>(new("SELECT pg_backend_pid()"));
}
