using Dapper;
using Npgsql;

namespace GameImages.Infrastructure;

/// <summary>The service would run as a role that may do more than it needs; the message says which and why.</summary>
public sealed class TooPowerfulRoleException(string message) : Exception(message);

/// <summary>Looks at what the role of a connection may do.</summary>
internal static class RoleCheck
{
    /// <param name="setting">The connection string that names the role, for the message.</param>
    /// <param name="mayReadGames">False for the role behind the public door.</param>
    /// <exception cref="TooPowerfulRoleException">Row security would not bind the role, or it could lead somewhere else.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, string setting, bool mayReadGames)
    {
        var (role, reasons) = await connection.QuerySingleAsync<(string, string[])>(
            """
            WITH ours AS (
                SELECT pg_class.oid, relname, relowner FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'public' AND relname IN ('game_sessions', 'game_images'))
            SELECT current_user::text, array_remove(ARRAY[
                CASE WHEN rolsuper THEN 'is a superuser' END,
                CASE WHEN rolbypassrls THEN 'bypasses row security' END,
                CASE WHEN rolcreaterole THEN 'may create roles' END,
                CASE WHEN EXISTS (
                    SELECT FROM pg_roles AS other
                    WHERE (other.rolsuper OR other.rolbypassrls) AND other.rolname <> current_user AND pg_has_role(own.oid, other.oid, 'MEMBER') AND NOT own.rolsuper)
                    THEN 'is a member of a role that row security does not bind' END,
                CASE WHEN EXISTS (SELECT FROM ours WHERE pg_has_role(own.oid, relowner, 'MEMBER')) THEN 'owns the tables' END,
                CASE WHEN NOT @mayReadGames AND EXISTS (SELECT FROM ours WHERE relname = 'game_sessions' AND has_any_column_privilege(own.oid, ours.oid, 'SELECT'))
                    THEN 'may read games' END], NULL)
            FROM pg_roles AS own
            WHERE rolname = current_user
            """,
            new { mayReadGames });

        if (reasons.Length > 0)
            throw new TooPowerfulRoleException($"ConnectionStrings:{setting} names the role {role}, which {string.Join(", ", reasons)}. The service does not run with more rights than it needs.");
    }
}
