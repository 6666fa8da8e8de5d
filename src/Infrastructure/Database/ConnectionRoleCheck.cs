using Npgsql;

namespace GameImages.Infrastructure.Database;

/// <summary>A role has more privileges than the program needs. The message names the role and the privileges.</summary>
public sealed class TooPowerfulRoleException(string message) : Exception(message);

/// <summary>Checks that the role of a connection has no more privileges than the program needs.</summary>
internal static class ConnectionRoleCheck
{
    /// <param name="setting">The name of the connection string, for the message.</param>
    /// <param name="mayReadGames">False for the role of the public images.</param>
    /// <exception cref="TooPowerfulRoleException">The role has more privileges than it needs, or can obtain them.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, string setting, bool mayReadGames)
    {
        // Both the login role and the current role are checked, because RESET ROLE returns to the login role.
        var roles = await connection.QueryAsync<(string Name, string[] Reasons)>(new(
            """
            WITH ours AS (
                SELECT pg_class.oid, relname, relowner FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'public' AND relname IN ('game_sessions', 'game_images'))
            SELECT rolname::text, array_remove(ARRAY[
                CASE WHEN rolsuper THEN 'is a superuser' END,
                CASE WHEN rolbypassrls THEN 'bypasses row-level security' END,
                CASE WHEN rolcreaterole OR rolcreatedb OR rolreplication THEN 'may create roles or databases, or replicate them' END,
                CASE WHEN EXISTS (SELECT FROM pg_auth_members WHERE member = own.oid) THEN 'is a member of another role' END,
                CASE WHEN has_database_privilege(own.oid, current_database(), 'CREATE')
                    OR has_schema_privilege(own.oid, 'public', 'CREATE')
                    THEN 'may create tables' END,
                CASE WHEN EXISTS (SELECT FROM ours WHERE has_table_privilege(own.oid, ours.oid, 'TRUNCATE'))
                    THEN 'may truncate tables' END,
                CASE WHEN EXISTS (SELECT FROM ours WHERE pg_has_role(own.oid, relowner, 'MEMBER')) THEN 'owns the tables' END,
                CASE WHEN NOT @mayReadGames AND EXISTS (
                    SELECT FROM ours WHERE relname = 'game_sessions' AND has_any_column_privilege(own.oid, ours.oid, 'SELECT'))
                    THEN 'may read games' END,
                CASE WHEN NOT @mayReadGames AND EXISTS (
                    SELECT FROM ours
                    WHERE has_any_column_privilege(own.oid, ours.oid, 'INSERT, UPDATE')
                        OR has_table_privilege(own.oid, ours.oid, 'DELETE'))
                    THEN 'may write' END], NULL)
            FROM pg_roles AS own
            WHERE rolname IN (session_user, current_user)
            ORDER BY rolname = session_user DESC
            """,
            new { mayReadGames }));

        foreach (var (name, reasons) in roles.Where(role => role.Reasons.Length > 0))
        {
            throw new TooPowerfulRoleException(
                $"ConnectionStrings:{setting} names the role {name}, which {string.Join(", ", reasons)}. "
                + "Use a role without these privileges.");
        }
    }
}
