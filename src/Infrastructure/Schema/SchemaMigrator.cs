using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GameImages.Infrastructure.Schema;

/// <summary>Moves the schema of a database between its versions: 0 is empty, and each migration makes the next one, in one transaction.</summary>
/// <param name="connectionString">Of the role that owns the schema.</param>
public sealed class SchemaMigrator(string connectionString)
{
    /// <summary>The version that this program works with.</summary>
    public static int LatestVersion => SchemaVersions.Names.Count;

    /// <returns>The version that the database has.</returns>
    /// <exception cref="SchemaVersionException">It is one that this program does not know.</exception>
    public async Task<int> GetVersionAsync(CancellationToken ct)
    {
        await using var context = new SchemaContext(connectionString);
        return SchemaVersions.Of(await context.Database.GetAppliedMigrationsAsync(ct));
    }

    /// <summary>Moves the schema up or down to a version; one that it has already changes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has a version that this program does not know.</exception>
    public async Task MigrateAsync(int version, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, LatestVersion);

        await GetVersionAsync(ct);
        await using var context = new SchemaContext(connectionString);
        var target = version == 0 ? Migration.InitialDatabase : SchemaVersions.Names[version - 1];
        await context.GetService<IMigrator>().MigrateAsync(target, ct);
    }
}
