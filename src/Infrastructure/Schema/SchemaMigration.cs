using FluentMigrator;
using Npgsql;

namespace GameImages.Infrastructure.Schema;

/// <summary>A step between two neighbouring schema versions, which says beforehand what it would do.</summary>
internal abstract class SchemaMigration : Migration
{
    /// <returns>Every migration of this program; the first one makes version 1.</returns>
    public static SchemaMigration[] CreateAll() =>
    [
        new V0001_InitialSchema(),
        new V0002_MigrateImagesToSeparateTable(),
        new V0003_LeastPrivilege(),
        new V0004_BlockAndQuarantine(),
        new V0005_NotifyImageChanges(),
        new V0006_KeysetPagination(),
        new V0007_Outbox(),
        new V0008_GuildChannels(),
    ];

    /// <param name="version">The version that the database has now; other steps may come before this one.</param>
    public abstract Task<StepEffect> DescribeUpAsync(NpgsqlConnection connection, int version, CancellationToken ct);

    /// <inheritdoc cref="DescribeUpAsync"/>
    public abstract Task<StepEffect> DescribeDownAsync(NpgsqlConnection connection, int version, CancellationToken ct);

    /// <summary>
    /// A running service that has to wait for a lock makes everybody behind it wait as well. So the migration fails when it does not get
    /// its locks in time.
    /// </summary>
    protected void LimitLockWaits() => Execute.Sql("SET LOCAL lock_timeout = '10s';");

    /// <param name="version">The oldest version whose programs work with this schema; null when no other program does.</param>
    protected void SetOldestCompatible(int? version) => Execute.Sql(
        $"COMMENT ON TABLE {SchemaHistory.Table} IS {(version is null ? "NULL" : $"'{SchemaVersions.OldestCompatible} {version}'")};");
}
