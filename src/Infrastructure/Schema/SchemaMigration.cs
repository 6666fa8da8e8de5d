using System.Reflection;
using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>A step between two neighbouring schema versions. It can describe its effect before it runs.</summary>
internal abstract class SchemaMigration : Migration
{
    /// <returns>All migrations of this program. The first one creates version 1.</returns>
    public static SchemaMigration[] CreateAll() =>
    [
        .. typeof(SchemaMigration).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SchemaMigration)))
            .OrderBy(type => type.GetCustomAttribute<MigrationAttribute>()!.Version)
            .Select(type => (SchemaMigration)Activator.CreateInstance(type)!),
    ];

    /// <param name="version">The version that the database has now; other steps may come before this one.</param>
    public abstract Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct);

    /// <inheritdoc cref="DescribeUpAsync"/>
    public abstract Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct);

    /// <summary>
    /// Makes the migration fail when it does not get its locks in time. While it waits for a lock, all requests that need the same table
    /// wait behind it.
    /// </summary>
    protected void LimitLockWaits() => Execute.Sql("SET LOCAL lock_timeout = '10s';");

    /// <param name="version">
    /// The oldest version whose programs work with this schema; null when no program of another version does.
    /// </param>
    protected void SetOldestCompatible(int? version) => Execute.Sql(
        $"COMMENT ON TABLE {SchemaHistory.Table} IS {(version is null ? "NULL" : $"'{SchemaVersions.OldestCompatible} {version}'")};");
}
