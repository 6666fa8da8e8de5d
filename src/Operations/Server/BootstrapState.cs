using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>What bootstrap finds on the server before it changes anything.</summary>
internal sealed class BootstrapState
{
    private const int OldestVersion = 15;

    public int Version { get; init; }
    public string Administrator { get; init; } = "";
    public bool IsSuperuser { get; init; }
    public bool MayCreateRoles { get; init; }
    public bool MayCreateDatabases { get; init; }
    public string[] ExistingRoles { get; init; } = [];
    public string[] RolesWithLogin { get; init; } = [];

    /// <summary>Rights that our roles must not have, each with the statement that revokes it.</summary>
    public string[] ExcessRights { get; init; } = [];

    public string? DatabaseOwner { get; init; }

    /// <summary>
    /// An earlier run created the database and ended before it changed the owner. The database still belongs to the administrator and
    /// accepts no connections.
    /// </summary>
    public bool IsDatabaseUnfinished { get; init; }

    /// <summary>Our roles may connect to the database, and PUBLIC may not.</summary>
    public bool IsDatabaseRestricted { get; init; }

    public static Task<BootstrapState> ReadAsync(NpgsqlConnection connection, string database, CancellationToken ct) =>
        connection.QuerySingleAsync<BootstrapState>(new(
            $"""
            SELECT current_setting('server_version_num')::int / 10000 AS version, rolname::text AS administrator, rolsuper AS issuperuser,
                rolsuper OR rolcreaterole AS maycreateroles, rolsuper OR rolcreatedb AS maycreatedatabases,
                ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY (@roles)) AS existingroles,
                ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY (@roles) AND rolcanlogin) AS roleswithlogin,
                ARRAY(SELECT format('%s (%s)', found, to_do) FROM ({RoleRights.Excess}) AS right_of_a_role) AS excessrights,
                pg_get_userbyid(datdba)::text AS databaseowner,
                coalesce(datdba = own.oid AND NOT datallowconn AND NOT datistemplate, false) AS isdatabaseunfinished,
                NOT EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE grantee = 0)
                    AND 4 = (
                        SELECT count(*) FROM pg_roles
                        WHERE rolname IN ('{Roles.App}', '{Roles.Public}', '{Roles.Bot}', '{Roles.Variants}')
                            AND has_database_privilege(pg_roles.oid, pg_database.oid, 'CONNECT')) AS isdatabaserestricted
            FROM pg_roles AS own LEFT JOIN pg_database ON datname = @database
            WHERE own.rolname = current_user
            """,
            new { roles = RoleRights.AllRoles, database },
            cancellationToken: ct));

    /// <exception cref="RefusedException">The server has something that bootstrap must not build on.</exception>
    /// <exception cref="UnauthorizedAccessException">The administrator may not create the missing roles or database.</exception>
    public void Check()
    {
        if (Version < OldestVersion)
            throw new RefusedException($"The server has PostgreSQL {Version}, but {OldestVersion} or later is needed.");

        if (ExcessRights.Length > 0)
        {
            throw new RefusedException(
                $"{string.Join("; ", ExcessRights)}. The roles of GameImages must not have more rights than they need. "
                + "Nothing was changed.");
        }

        if (DatabaseOwner is not (null or Roles.Owner) && !IsDatabaseUnfinished)
        {
            throw new RefusedException(
                $"The database belongs to {DatabaseOwner}, not to {Roles.Owner}: name another one with --database, "
                + $"or make {Roles.Owner} its owner. Nothing was changed.");
        }

        if (RolesWithLogin.Length < RoleRights.AllRoles.Length && !MayCreateRoles)
            throw MissingRight("roles", "CREATEROLE");
        if (DatabaseOwner is null && !MayCreateDatabases)
            throw MissingRight("databases", "CREATEDB");
    }

    private UnauthorizedAccessException MissingRight(string what, string attribute) => new(
        $"{Administrator} may not create {what}. Give it {attribute}, or name a superuser in ConnectionStrings__Administrator.");
}
