using GameImages.Infrastructure.Schema;

namespace GameImages.Operations.Server;

/// <summary>Checks the roles. None of them may have a right that leads beyond its own task.</summary>
internal static class RoleRights
{
    /// <summary>The roles of GameImages.</summary>
    public static readonly string[] AllRoles = [Roles.Owner, Roles.App, Roles.Public, Roles.Bot, Roles.Variants];

    /// <summary>Selects a row for each excess right of one of @roles: a description, and the statement that revokes the right.</summary>
    public const string Excess =
        """
        SELECT format('%s %s', rolname, has) AS found, format('ALTER ROLE %I NO%s', rolname, attribute) AS to_do
        FROM pg_roles CROSS JOIN LATERAL (VALUES
            (rolsuper, 'is a superuser', 'SUPERUSER'),
            (rolbypassrls, 'bypasses row-level security', 'BYPASSRLS'),
            (rolcreaterole, 'may create roles', 'CREATEROLE'),
            (rolcreatedb, 'may create databases', 'CREATEDB'),
            (rolreplication, 'may replicate the server', 'REPLICATION')) AS right_of (is_there, has, attribute)
        WHERE rolname = ANY (@roles) AND is_there
        UNION ALL
        SELECT format('%s is a member of %s', member.rolname, other.rolname), format('REVOKE %I FROM %I', other.rolname, member.rolname)
        FROM pg_auth_members
            JOIN pg_roles AS member ON member.oid = pg_auth_members.member
            JOIN pg_roles AS other ON other.oid = roleid
        WHERE member.rolname = ANY (@roles)
        """;

    public static readonly Check Check = Check.Sql(
        "roles",
        "all roles exist, and none has more rights than it needs",
        $"""
        SELECT 'problem', format('%s is missing', role), 'gameimages bootstrap' FROM unnest(@roles) AS role WHERE to_regrole(role) IS NULL
        UNION ALL
        SELECT 'problem', format('%s may not log in', rolname), 'gameimages bootstrap'
        FROM pg_roles WHERE rolname = ANY (@roles) AND NOT rolcanlogin
        UNION ALL
        SELECT 'problem', format('the password of %s has expired', rolname), format('ALTER ROLE %I VALID UNTIL ''infinity''', rolname)
        FROM pg_roles WHERE rolname = ANY (@roles) AND rolvaliduntil <= now()
        UNION ALL
        SELECT 'problem', format('%s may not connect', rolname), format('ALTER ROLE %I CONNECTION LIMIT -1', rolname)
        FROM pg_roles WHERE rolname = ANY (@roles) AND rolconnlimit = 0
        UNION ALL
        SELECT 'problem', found, to_do FROM ({Excess}) AS excess
        """,
        new { roles = AllRoles });
}
