using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations;

/// <summary>The database as its operators work on it: every image and every game, whatever guild it belongs to.</summary>
public sealed class OperatorDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    /// <param name="connectionString">Of an administrator: row security binds the owner of the schema as well.</param>
    public OperatorDatabase(string connectionString)
    {
        DapperTypes.Register();

        // Reading every picture takes its time.
        source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, ApplicationName = "gameimages" });
    }

    /// <returns>A connection to a database that has the schema of this program.</returns>
    /// <exception cref="RefusedException">The schema is older.</exception>
    /// <exception cref="SchemaVersionException">The schema is newer, or its history is damaged.</exception>
    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var version = (await SchemaHistory.ReadAsync(connection, ct)).Version;
            return version == SchemaMigrator.LatestVersion
                ? connection
                : throw new RefusedException($"The schema of the database {connection.Database} has version {version}, but this needs {SchemaMigrator.LatestVersion}: run gameimages up first.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <returns>A connection whose role sees the games of every guild; what row security would hide from it is an error.</returns>
    /// <exception cref="RefusedException">Row security filters what the role sees; or the schema is older.</exception>
    internal async Task<NpgsqlConnection> OpenUnfilteredAsync(CancellationToken ct) => await UnfilterAsync(await OpenAsync(ct), ct);

    /// <returns>The same of a database of any schema version.</returns>
    /// <exception cref="RefusedException">Row security filters what the role sees.</exception>
    internal async Task<NpgsqlConnection> OpenUnfilteredOfAnyVersionAsync(CancellationToken ct) =>
        await UnfilterAsync(await source.OpenConnectionAsync(ct), ct);

    private static async Task<NpgsqlConnection> UnfilterAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            var (role, isFiltered) = await connection.QuerySingleAsync<(string, bool)>(
                new("SELECT current_user::text, coalesce(row_security_active(to_regclass('game_sessions')), false)", cancellationToken: ct)
            );
            if (isFiltered)
                throw new RefusedException($"Row-level security hides games from {role}, so it cannot tell what all of them are like. Set ConnectionStrings__Administrator to a superuser, or to a role with BYPASSRLS.");

            await connection.ExecuteAsync(new("SET row_security = off", cancellationToken: ct));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
