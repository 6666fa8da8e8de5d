using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations;

/// <summary>Opens connections for operators, who work on the images and games of all guilds.</summary>
public sealed class OperatorDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    /// <param name="connectionString">
    /// Names the role of an administrator. Row-level security also applies to the owner of the schema.
    /// </param>
    public OperatorDatabase(string connectionString)
    {
        DapperTypes.Register();

        // There is no time limit, because reading all images may take hours.
        source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, ApplicationName = "gameimages" });
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <returns>A connection to a database that has the schema version of this program.</returns>
    /// <exception cref="RefusedException">The schema is older.</exception>
    /// <exception cref="SchemaVersionException">The schema is newer, or its history is damaged.</exception>
    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = await OpenSessionAsync(ct);
        try
        {
            var version = (await SchemaHistory.ReadAsync(connection, ct)).Version;
            return version == SchemaMigrator.LatestVersion
                ? connection
                : throw new RefusedException(
                    $"The schema of the database {connection.Database} has version {version}, "
                    + $"but this command needs {SchemaMigrator.LatestVersion}: run gameimages up first.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <returns>
    /// A connection whose role sees all rows of a table. On this connection, a query that row-level security would filter fails.
    /// </returns>
    /// <param name="table">A table that the command reads.</param>
    /// <param name="rows">What the rows of the table are, in words.</param>
    /// <exception cref="RefusedException">Row-level security filters what the role sees, or the schema is older.</exception>
    /// <exception cref="SchemaVersionException">The schema is newer, or its history is damaged.</exception>
    internal async Task<NpgsqlConnection> OpenUnfilteredAsync(
        CancellationToken ct, string table = "game_sessions", string rows = "games") =>
        await UnfilterAsync(await OpenAsync(ct), table, rows, ct);

    /// <summary>The same as <see cref="OpenUnfilteredAsync"/> for a database of any schema version.</summary>
    /// <exception cref="RefusedException">Row-level security filters what the role sees.</exception>
    internal async Task<NpgsqlConnection> OpenUnfilteredOfAnyVersionAsync(CancellationToken ct) =>
        await UnfilterAsync(await OpenSessionAsync(ct), "game_sessions", "games", ct);

    // The settings of a connection, such as row_security, hold only in its own session.
    private Task<NpgsqlConnection> OpenSessionAsync(CancellationToken ct) => source.OpenConnectionAsync(
        connection => PoolerCheck.RequireSessionAsync(connection, () => source.OpenConnectionAsync(ct).AsTask()), ct);

    private static async Task<NpgsqlConnection> UnfilterAsync(
        NpgsqlConnection connection, string table, string rows, CancellationToken ct)
    {
        try
        {
            var (role, isFiltered) = await connection.QuerySingleAsync<(string, bool)>(new(
                "SELECT current_user::text, coalesce(row_security_active(to_regclass(@table)), false)",
                new { table },
                cancellationToken: ct));
            if (isFiltered)
            {
                throw new RefusedException(
                    $"Row-level security hides {rows} from {role}, so the result would not cover all {rows}. "
                    + "Set ConnectionStrings__Administrator to a superuser, or to a role with BYPASSRLS.");
            }

            await connection.ExecuteAsync(new("SET row_security = off", cancellationToken: ct));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
