using Npgsql;

namespace GameImages.EmbeddedPostgres;

/// <summary>Creates the database and the roles of an embedded server.</summary>
internal static class DatabaseSetup
{
    // The server creates these roles, so that the migration's owner needs no right to create roles.
    private static readonly string[] Roles =
        [EmbeddedServer.Owner, "gameimages_app", "gameimages_public", "gameimages_bot", "gameimages_variants"];

    public static async Task RunAsync(EmbeddedServer server, DataFolder folder, CancellationToken ct)
    {
        await using var connection = await server.OpenAsync(EmbeddedServer.Superuser, "postgres", ct);

        // The lock protects the creation of the roles and the database. CREATE ROLE and CREATE DATABASE have no IF NOT EXISTS, and
        // CREATE DATABASE cannot run in a transaction, so two processes that start at once would both try to create them. The lock is
        // held until the connection is closed. The process that waits for it then finds the roles and the database.
        await ExecuteAsync(connection, "SELECT pg_advisory_lock(1)", ct);

        foreach (var role in Roles)
        {
            var exists = await ExistsAsync(connection, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role, ct);
            var verb = exists ? "ALTER" : "CREATE";

            // The password is set each time, since a role may change its own password.
            await ExecuteAsync(connection, $"{verb} ROLE {role} LOGIN PASSWORD '{folder.Secret($"{role}.password")}'", ct);
        }

        const string databaseExists = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";
        if (!await ExistsAsync(connection, databaseExists, EmbeddedServer.Database, ct))
        {
            await RestrictNewDatabasesAsync(server, ct);
            await ExecuteAsync(connection, "REVOKE ALL ON DATABASE postgres FROM PUBLIC", ct);
            await ExecuteAsync(connection, $"CREATE DATABASE {EmbeddedServer.Database} OWNER {EmbeddedServer.Owner}", ct);
        }
    }

    // Large objects need no table, so every role could fill the disk with them. Only a superuser can revoke this right.
    private static async Task RestrictNewDatabasesAsync(EmbeddedServer server, CancellationToken ct)
    {
        await using var template = await server.OpenAsync(EmbeddedServer.Superuser, "template1", ct);
        const string revoke = "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC";
        await ExecuteAsync(template, revoke, ct);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
