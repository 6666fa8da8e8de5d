using GameImages.Infrastructure.Database;
using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Creates the database for its owner, and lets only our roles connect to it.</summary>
internal sealed class BootstrapDatabase(NpgsqlConnection connection, string database)
{
    private readonly string name = new NpgsqlCommandBuilder().QuoteIdentifier(database);

    public async Task PrepareAsync(BootstrapState before, CancellationToken ct)
    {
        if (before is { DatabaseOwner: Roles.Owner, IsDatabaseRestricted: true })
            return;

        // CREATE DATABASE cannot run in a transaction. A database that accepts no connections is unfinished, until the transaction below
        // has given it to its owner.
        if (before.DatabaseOwner is null)
        {
            await ExecuteAsync(
                $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C' ALLOW_CONNECTIONS false",
                ct);
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var needsMembership = !await MaySetRoleAsync(ct);

        if (needsMembership)
            await ExecuteAsync($"GRANT {Roles.Owner} TO CURRENT_USER", ct);
        if (before.DatabaseOwner is not Roles.Owner)
            await ExecuteAsync($"ALTER DATABASE {name} OWNER TO {Roles.Owner}", ct);

        await ExecuteAsync(
            $"""
            SET LOCAL ROLE {Roles.Owner};
            REVOKE ALL ON DATABASE {name} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {name} TO {Roles.App}, {Roles.Public}, {Roles.Bot}, {Roles.Variants};
            ALTER DATABASE {name} ALLOW_CONNECTIONS true;
            RESET ROLE;
            """,
            ct);

        if (needsMembership)
            await ExecuteAsync($"REVOKE {Roles.Owner} FROM CURRENT_USER", ct);
        await transaction.CommitAsync(ct);
    }

    // Since PostgreSQL 16, a role that creates another role becomes a member of it, but without the right to SET ROLE.
    private Task<bool> MaySetRoleAsync(CancellationToken ct) => connection.QuerySingleAsync<bool>(new(
        $"""
        SELECT pg_has_role(
            current_user, '{Roles.Owner}',
            CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
        """,
        cancellationToken: ct));

    private Task<int> ExecuteAsync(string sql, CancellationToken ct) => connection.ExecuteAsync(new(sql, cancellationToken: ct));
}
