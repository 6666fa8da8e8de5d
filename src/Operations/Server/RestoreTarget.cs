using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>The database that a backup is restored into.</summary>
/// <param name="administrator">Connects to it.</param>
public sealed class RestoreTarget(string administrator)
{
    /// <returns>Its name.</returns>
    /// <exception cref="RefusedException">It is not as bootstrap makes it: empty, and with its roles.</exception>
    public async Task<string> CheckAsync(CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(administrator);
        await using var connection = await source.OpenConnectionAsync(ct);
        var (database, owner, missing, isEmpty) = await connection.QuerySingleAsync<(string, string, string[], bool)>(new(
            """
            SELECT datname::text, pg_get_userbyid(datdba)::text, ARRAY(SELECT unnest(@roles) EXCEPT SELECT rolname::text FROM pg_roles),
                NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)
            FROM pg_database WHERE datname = current_database()
            """, new { roles = RoleRights.Bearers }, cancellationToken: ct));

        if (missing.Length > 0)
            throw new RefusedException($"The server has no {string.Join(", ", missing)}: run gameimages bootstrap first.");
        if (owner != Roles.Owner)
            throw new RefusedException($"The database {database} belongs to {owner}, not to {Roles.Owner}: name the one that gameimages bootstrap makes in ConnectionStrings__Administrator.");
        if (!isEmpty)
            throw new RefusedException($"The database {database} is not empty. A backup is restored into one that is, as gameimages bootstrap --database makes it.");

        return database;
    }
}
