using System.Security.Cryptography;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>What bootstrap did about a role.</summary>
public enum RoleChange
{
    Unchanged,
    PasswordSet,
    Created,
}

/// <summary>A role as bootstrap leaves it.</summary>
/// <param name="Password">Null when it stays what it was.</param>
public sealed record ReadyRole(string Name, RoleChange Change, string? Password);

/// <summary>A server that the schema can be moved up on.</summary>
public sealed record ReadyServer(string Database, bool IsDatabaseNew, IReadOnlyList<ReadyRole> Roles);

/// <summary>Prepares a server: the roles, their passwords, the database, and who may enter it. What is there stays, and what an earlier run left half made is finished.</summary>
/// <param name="administrator">Connects as a superuser, or as a role with CREATEDB and CREATEROLE.</param>
public sealed class Bootstrap(string administrator)
{
    private const int PasswordLength = 40;
    private const string PasswordCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <param name="passwords">By role. One that is not in it gets a generated password if it is new, or if all are to be new.</param>
    /// <param name="handOver">Gets the result before the passwords count, so that none is set that nobody was told.</param>
    /// <exception cref="RefusedException">The server is too old, or what is there already is not ours or not harmless; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The administrator may not create what is missing; nothing was changed.</exception>
    public async Task RunAsync(
        string database,
        IReadOnlyDictionary<string, string> passwords,
        bool areAllNew,
        Func<ReadyServer, Task> handOver,
        CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);

        // Until the connection ends: two that run at once take turns.
        await connection.ExecuteAsync(new("SELECT pg_advisory_lock(hashtext('gameimages bootstrap'))", cancellationToken: ct));

        var before = await BootstrapState.ReadAsync(connection, database, ct);
        before.Check();

        // A role that may not log in yet shows the next run that nobody was told its password.
        foreach (var role in RoleRights.Bearers.Except(before.ExistingRoles))
            await connection.ExecuteAsync(new($"CREATE ROLE {role} NOLOGIN", cancellationToken: ct));

        await new BootstrapDatabase(connection, database).PrepareAsync(before, ct);
        if (before.IsSuperuser)
            await RestrictLargeObjectsAsync(database, ct);

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var roles = new List<ReadyRole>();

        foreach (var role in RoleRights.Bearers)
        {
            var isNew = !before.RolesWithLogin.Contains(role);
            var password = passwords.GetValueOrDefault(role)
                ?? (isNew || areAllNew ? RandomNumberGenerator.GetString(PasswordCharacters, PasswordLength) : null);
            roles.Add(
                new(
                    role,
                    isNew ? RoleChange.Created
                        : password is null ? RoleChange.Unchanged
                        : RoleChange.PasswordSet,
                    password));

            if (password is not null)
                await Roles.SetPasswordAsync(connection, role, password, ct);
            if (isNew)
                await connection.ExecuteAsync(new($"ALTER ROLE {role} LOGIN", cancellationToken: ct));
        }

        await handOver(new(database, before.DatabaseOwner is not Roles.Owner, roles));
        await transaction.CommitAsync(ct);
    }

    // Large objects need no table: anybody could fill the disk with them.
    private async Task RestrictLargeObjectsAsync(string database, CancellationToken ct)
    {
        await using var connection = await OpenAsync(database, ct);
        await connection.ExecuteAsync(
            new(
                "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC",
                cancellationToken: ct));
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(new NpgsqlConnectionStringBuilder(administrator).Database, ct);
        }
        catch (PostgresException noWayIn)
            when (noWayIn.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            // The administrator's connection string may name the database itself: it is still to be made, or lets in nobody else.
            return await OpenAsync("postgres", ct);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string? database, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(administrator)
            {
                Database = database,
                Pooling = false,
                ApplicationName = "gameimages",
            }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
