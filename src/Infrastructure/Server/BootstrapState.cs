using GameImages.Infrastructure.Database;
using Npgsql;

namespace GameImages.Infrastructure.Server;

/// <summary>What bootstrap finds on the server.</summary>
internal sealed class BootstrapState
{
    private const int OldestVersion = 15;

    public int Version { get; init; }
    public string Administrator { get; init; } = "";
    public bool IsSuperuser { get; init; }
    public bool MayCreateRoles { get; init; }
    public bool MayCreateDatabases { get; init; }
    public string[] Roles { get; init; } = [];
    public string[] RolesWithLogin { get; init; } = [];
    public string[] Excess { get; init; } = [];
    public string? DatabaseOwner { get; init; }

    /// <summary>An earlier run created the database and was ended before it gave it to its owner: it is the administrator's and lets nobody in.</summary>
    public bool IsDatabaseHalfMade { get; init; }

    /// <summary>Our roles may connect to the database, and not everybody.</summary>
    public bool IsDatabaseRestricted { get; init; }

    public static Task<BootstrapState> ReadAsync(NpgsqlConnection connection, string database, CancellationToken ct) => connection.QuerySingleAsync<BootstrapState>(new(
        $"""
        SELECT current_setting('server_version_num')::int / 10000 AS version, rolname::text AS administrator, rolsuper AS issuperuser,
            rolsuper OR rolcreaterole AS maycreateroles, rolsuper OR rolcreatedb AS maycreatedatabases,
            ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY (@roles)) AS roles,
            ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY (@roles) AND rolcanlogin) AS roleswithlogin,
            ARRAY(SELECT format('%s (%s)', found, to_do) FROM ({RoleRights.Excess}) AS right_of_a_role) AS excess,
            pg_get_userbyid(datdba)::text AS databaseowner,
            coalesce(datdba = own.oid AND NOT datallowconn AND NOT datistemplate, false) AS isdatabasehalfmade,
            NOT EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE grantee = 0) AND 3 = (
                SELECT count(*) FROM pg_roles WHERE rolname IN ('{Schema.Roles.App}', '{Schema.Roles.Public}', '{Schema.Roles.Bot}') AND has_database_privilege(pg_roles.oid, pg_database.oid, 'CONNECT')) AS isdatabaserestricted
        FROM pg_roles AS own LEFT JOIN pg_database ON datname = @database
        WHERE own.rolname = current_user
        """,
        new { roles = RoleRights.Bearers, database },
        cancellationToken: ct));

    /// <exception cref="RefusedException">Something is there that bootstrap must not build on.</exception>
    /// <exception cref="UnauthorizedAccessException">The administrator may not create what is missing.</exception>
    public void Check()
    {
        if (Version < OldestVersion)
            throw new RefusedException($"The server has PostgreSQL {Version}, but {OldestVersion} or later is needed.");
        if (Excess.Length > 0)
            throw new RefusedException(
                $"{string.Join("; ", Excess)}. The roles of GameImages have no more rights than they need; nothing was changed.");
        if (DatabaseOwner is not (null or Schema.Roles.Owner) && !IsDatabaseHalfMade)
            throw new RefusedException($"The database belongs to {DatabaseOwner}, not to {Schema.Roles.Owner}: name another one with --database, or make {Schema.Roles.Owner} its owner. Nothing was changed.");
        if (RolesWithLogin.Length < RoleRights.Bearers.Length && !MayCreateRoles)
            throw new UnauthorizedAccessException(
                $"{Administrator} may not create roles: it needs CREATEROLE, or name a superuser in ConnectionStrings__Administrator.");
        if (DatabaseOwner is null && !MayCreateDatabases)
            throw new UnauthorizedAccessException(
                $"{Administrator} may not create databases: it needs CREATEDB, or name a superuser in ConnectionStrings__Administrator.");
    }
}
