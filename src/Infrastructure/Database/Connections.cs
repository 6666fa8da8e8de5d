using GameImages.Infrastructure.Settings;
using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>Opens connections that need preparation. A connection whose preparation fails is closed.</summary>
internal static class Connections
{
    public static async Task<NpgsqlConnection> OpenConnectionAsync(
        this NpgsqlDataSource source, Func<NpgsqlConnection, Task> prepare, CancellationToken ct) =>
        await PrepareAsync(await source.OpenConnectionAsync(ct), prepare);

    /// <summary>Opens a connection without a pool, so that the session ends with the connection.</summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    /// <exception cref="InvalidSettingException">The connection leads through a pooler in transaction mode.</exception>
    public static Task<NpgsqlConnection> OpenUnpooledAsync(
        string connectionString, Func<NpgsqlConnection, Task> prepare, CancellationToken ct)
    {
        return OpenAsync(async connection =>
        {
            await PoolerCheck.RequireSessionAsync(connection, () => OpenAsync(_ => Task.CompletedTask));
            await prepare(connection);
        });

        Task<NpgsqlConnection> OpenAsync(Func<NpgsqlConnection, Task> afterwards) =>
            PrepareAsync(new NpgsqlConnection($"{connectionString};Pooling=false"), async connection =>
            {
                await connection.OpenAsync(ct);
                await afterwards(connection);
            });
    }

    private static async Task<NpgsqlConnection> PrepareAsync(NpgsqlConnection connection, Func<NpgsqlConnection, Task> prepare)
    {
        try
        {
            await prepare(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
