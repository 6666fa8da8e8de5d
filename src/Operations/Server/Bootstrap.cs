using System.Security.Cryptography;
using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>What bootstrap did with a role.</summary>
public enum RoleChange
{
    Unchanged,
    PasswordSet,
    Created,
}

/// <summary>A role after bootstrap.</summary>
/// <param name="Password">The new password; null if bootstrap did not change it.</param>
public sealed record ReadyRole(string Name, RoleChange Change, string? Password);

/// <summary>A server that is ready for the schema.</summary>
public sealed record ReadyServer(string Database, bool IsDatabaseNew, IReadOnlyList<ReadyRole> Roles);

/// <summary>
/// Prepares a server: it creates the roles and the database, sets passwords, and restricts who may connect. Existing roles and databases
/// stay, and a later run completes what an interrupted run left unfinished.
/// </summary>
/// <param name="administrator">Connects as a superuser, or as a role with CREATEDB and CREATEROLE.</param>
public sealed class Bootstrap(string administrator)
{
    private const int PasswordLength = 40;
    private const string PasswordCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // These parts of the administrator's connection string describe the server, not the administrator.
    private static readonly string[] ServerKeywords =
        ["Host", "Port", "SSL Mode", "SSL Negotiation", "Root Certificate", "Channel Binding"];

    /// <param name="passwords">By role. A new role without an entry gets a generated password.</param>
    /// <param name="areAllNew">Whether existing roles without an entry get one as well.</param>
    /// <param name="handOver">
    /// Shows the result to the operator. The passwords become valid after it has returned, so no password is set that was not shown.
    /// </param>
    /// <exception cref="RefusedException">
    /// The server is too old, or the database belongs to another role, or our roles have too many rights. Nothing was changed.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">
    /// The administrator may not create the missing roles or database. Nothing was changed.
    /// </exception>
    public async Task RunAsync(
        string database,
        IReadOnlyDictionary<string, string> passwords,
        bool areAllNew,
        Func<ReadyServer, Task> handOver,
        CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);

        // The lock protects the roles and the database: two concurrent runs could both create them, and one would fail. It is held until
        // the connection closes. The second run waits, and then finds the roles and the database of the first.
        await connection.ExecuteAsync(new("SELECT pg_advisory_lock(hashtext('gameimages bootstrap'))", cancellationToken: ct));

        var before = await BootstrapState.ReadAsync(connection, database, ct);
        before.Check();

        // A role without LOGIN shows the next run that the operator has not seen its password yet.
        foreach (var role in RoleRights.AllRoles.Except(before.ExistingRoles))
            await connection.ExecuteAsync(new($"CREATE ROLE {role} NOLOGIN", cancellationToken: ct));

        await new BootstrapDatabase(connection, database).PrepareAsync(before, ct);
        if (before.IsSuperuser)
            await RestrictLargeObjectsAsync(database, ct);

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var roles = new List<ReadyRole>();
        foreach (var role in RoleRights.AllRoles)
        {
            var isNew = !before.RolesWithLogin.Contains(role);
            var password = passwords.GetValueOrDefault(role) ?? (isNew || areAllNew ? NewPassword() : null);
            var unlessNew = password is null ? RoleChange.Unchanged : RoleChange.PasswordSet;
            roles.Add(new(role, isNew ? RoleChange.Created : unlessNew, password));

            if (password is not null)
                await Roles.SetPasswordAsync(connection, role, password, ct);
            if (isNew)
                await connection.ExecuteAsync(new($"ALTER ROLE {role} LOGIN", cancellationToken: ct));
        }

        await handOver(new(database, before.DatabaseOwner is not Roles.Owner, roles));
        await transaction.CommitAsync(ct);
    }

    /// <returns>The connection string of a role. It has "…" instead of a password that bootstrap did not change.</returns>
    public string ConnectionStringOf(ReadyServer server, ReadyRole role)
    {
        var own = new NpgsqlConnectionStringBuilder(administrator);
        var settings = new NpgsqlConnectionStringBuilder();
        foreach (var keyword in ServerKeywords.Where(own.ShouldSerialize))
            settings[keyword] = own[keyword];

        settings.Database = server.Database;
        settings.Username = role.Name;
        settings.Password = role.Password ?? "…";
        return settings.ConnectionString;
    }

    private static string NewPassword() => RandomNumberGenerator.GetString(PasswordCharacters, PasswordLength);

    // Large objects need no table, so any role that may connect could fill the disk with them.
    private async Task RestrictLargeObjectsAsync(string database, CancellationToken ct)
    {
        await using var connection = await OpenAsync(database, ct);
        await connection.ExecuteAsync(new(
            "REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC",
            cancellationToken: ct));
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(new NpgsqlConnectionStringBuilder(administrator).Database, ct);
        }
        catch (PostgresException noAccess)
            when (noAccess.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            // The connection string may name the database that this run creates, or one that accepts our roles only.
            return await OpenAsync("postgres", ct);
        }
    }

    private Task<NpgsqlConnection> OpenAsync(string? database, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(administrator)
        {
            Database = database,
            ApplicationName = "gameimages",
        };
        return Connections.OpenUnpooledAsync(settings.ConnectionString, _ => Task.CompletedTask, ct);
    }
}
