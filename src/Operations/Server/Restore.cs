using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Reads a backup into an empty database, with pg_restore, in one transaction.</summary>
/// <param name="administrator">Connects to the empty database.</param>
/// <param name="programs">The folder of pg_restore.</param>
public sealed class Restore(string administrator, string programs)
{
    private readonly ClientProgram client = new(programs);

    /// <returns>The name of the database.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidInputException">The file is not a complete backup.</exception>
    /// <exception cref="RefusedException">The database is not empty, or bootstrap did not prepare it. Nothing was changed.</exception>
    /// <exception cref="IOException">pg_restore failed. Nothing was changed.</exception>
    public async Task<string> RunAsync(string path, CancellationToken ct)
    {
        await CheckFileAsync(path, ct);
        var database = await CheckDatabaseAsync(ct);
        await client.RunAsync(
            "pg_restore",
            administrator,
            ["--exit-on-error", "--single-transaction", "--no-password", $"--dbname={Quoted(database)}", "--", path],
            ct);
        return database;
    }

    // pg_restore reads the whole file here, before it sends anything to the server.
    private async Task CheckFileAsync(string path, CancellationToken ct)
    {
        await File.OpenRead(path).DisposeAsync();

        try
        {
            await client.RunAsync("pg_restore", null, ["--file=/dev/null", "--", path], ct);
        }
        catch (IOException unreadable)
        {
            throw new InvalidInputException($"{path} is not a backup that can be read: {unreadable.Message}");
        }
    }

    private async Task<string> CheckDatabaseAsync(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(administrator);
        await using var connection = await source.OpenConnectionAsync(ct);
        var (database, owner, missing, isEmpty) = await connection.QuerySingleAsync<(string, string, string[], bool)>(new(
            """
            SELECT datname::text, pg_get_userbyid(datdba)::text,
                ARRAY(SELECT unnest(@roles) EXCEPT SELECT rolname::text FROM pg_roles),
                NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)
            FROM pg_database WHERE datname = current_database()
            """,
            new { roles = RoleRights.AllRoles },
            cancellationToken: ct));

        if (missing.Length > 0)
            throw new RefusedException($"The server has no {string.Join(", ", missing)}: run gameimages bootstrap first.");

        if (owner != Roles.Owner)
        {
            throw new RefusedException(
                $"The database {database} belongs to {owner}, not to {Roles.Owner}. "
                + "Name the database that gameimages bootstrap creates in ConnectionStrings__Administrator.");
        }

        if (!isEmpty)
        {
            throw new RefusedException(
                $"The database {database} is not empty. A backup is restored into an empty database: "
                + "create one with gameimages bootstrap --database.");
        }

        return database;
    }

    // Without the quotes, pg_restore would read a name that contains = as a connection string.
    private static string Quoted(string database) =>
        $"dbname='{database.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
