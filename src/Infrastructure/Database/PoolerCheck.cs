using GameImages.Infrastructure.Settings;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>
/// Finds poolers, such as PgBouncer, between the program and the server. A pooler in transaction mode gives each transaction of a client
/// another session of the server, so the session keeps neither prepared statements nor settings nor locks for the client.
/// </summary>
internal static class PoolerCheck
{
    /// <summary>
    /// Refuses a pooler if the connection string does not say whether statements are prepared. In a session that several clients share, a
    /// name could belong to the prepared statement of another client.
    /// </summary>
    /// <param name="setting">The name of the connection string, for the message.</param>
    /// <exception cref="InvalidSettingException">The connection leads through a pooler.</exception>
    public static async Task RefuseAsync(NpgsqlConnection connection, string setting)
    {
        if (await ServerProcessAsync(connection) != connection.ProcessID)
        {
            throw new InvalidSettingException(
                $"ConnectionStrings:{setting} leads through a pooler. Add Max Auto Prepare=0 to it, or Max Auto Prepare=50 if the pooler "
                + "is in session mode or supports prepared statements. In a URL, pgbouncer=true stands for Max Auto Prepare=0.");
        }
    }

    /// <summary>Refuses a pooler in transaction mode.</summary>
    /// <param name="openAnotherAsync">Opens another connection in the same way.</param>
    /// <exception cref="InvalidSettingException">Two open connections share one session of the server.</exception>
    public static async Task RequireSessionAsync(NpgsqlConnection connection, Func<Task<NpgsqlConnection>> openAnotherAsync)
    {
        var process = await ServerProcessAsync(connection);
        if (process == connection.ProcessID)
            return;

        await using var another = await openAnotherAsync();
        if (await ServerProcessAsync(another) == process)
        {
            throw new InvalidSettingException(
                $"The connection to {connection.Host}:{connection.Port} leads through a pooler in transaction mode. This program needs "
                + "sessions of its own: name the server itself, or a pooler in session mode.");
        }
    }

    // A pooler gives its clients numbers of its own instead of the process ids of the server.
    private static Task<int> ServerProcessAsync(NpgsqlConnection connection) =>
        connection.QuerySingleAsync<int>(new("SELECT pg_backend_pid()"));
}
