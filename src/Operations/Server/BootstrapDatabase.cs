using GameImages.Infrastructure.Schema;
using Npgsql;

namespace GameImages.Operations.Server;

/// <summary>Creates the database for its owner, and lets in only whom it needs.</summary>
internal sealed class BootstrapDatabase(NpgsqlConnection connection, string database)
{
    private readonly string name = new NpgsqlCommandBuilder().QuoteIdentifier(database);

    public async Task PrepareAsync(BootstrapState before, CancellationToken ct)
    {
        if (before is { DatabaseOwner: Roles.Owner, IsDatabaseRestricted: true })
            return;

        // No transaction takes this. Letting nobody in marks it as half made until the next one has given it to its owner.
        if (before.DatabaseOwner is null)
            await ExecuteAsync(
                $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C' ALLOW_CONNECTIONS false",
                ct);

        await using var transaction = await connection.BeginTransactionAsync(ct);
        var isBorrowed = !await MayPlayOwnerAsync(ct);

        if (isBorrowed)
            await ExecuteAsync($"GRANT {Roles.Owner} TO CURRENT_USER", ct);
        if (before.DatabaseOwner is not Roles.Owner)
            await ExecuteAsync($"ALTER DATABASE {name} OWNER TO {Roles.Owner}", ct);

        await ExecuteAsync(
            $"""
            SET LOCAL ROLE {Roles.Owner};
            REVOKE ALL ON DATABASE {name} FROM PUBLIC;
            GRANT CONNECT ON DATABASE {name} TO {Roles.App}, {Roles.Public}, {Roles.Bot};
            ALTER DATABASE {name} ALLOW_CONNECTIONS true;
            RESET ROLE;
            """, ct);

        if (isBorrowed)
            await ExecuteAsync($"REVOKE {Roles.Owner} FROM CURRENT_USER", ct);
        await transaction.CommitAsync(ct);
    }

    // Whoever creates a role is a member of it since PostgreSQL 16, but may not play it.
    private Task<bool> MayPlayOwnerAsync(CancellationToken ct) => connection.QuerySingleAsync<bool>(new(
        $"SELECT pg_has_role(current_user, '{Roles.Owner}', CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)",
        cancellationToken: ct));

    private Task<int> ExecuteAsync(string sql, CancellationToken ct) => connection.ExecuteAsync(new(sql, cancellationToken: ct));
}
