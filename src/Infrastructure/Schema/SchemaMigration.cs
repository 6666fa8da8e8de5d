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

    /// <summary>
    /// Locks the tables of games and images. Call <see cref="LimitLockWaits"/> first. Some requests lock a game before an image, and some
    /// an image before a game, so no order of the two locks is safe from deadlocks. While another transaction holds the second lock, the
    /// migration does not keep the first one for long, because that transaction may wait for it.
    /// </summary>
    /// <param name="images">The mode of the lock on the images. Requests that only read images wait for ACCESS EXCLUSIVE.</param>
    protected void LockGamesAndImages(string images = "SHARE ROW EXCLUSIVE") => Execute.Sql(
        $"""
        DO $lock$
        DECLARE
            patience text := current_setting('lock_timeout');
            deadline timestamptz := clock_timestamp() + patience::interval;
        BEGIN
            LOOP
                BEGIN
                    LOCK TABLE game_sessions IN ACCESS EXCLUSIVE MODE;
                    PERFORM set_config('lock_timeout', '100ms', true);
                    LOCK TABLE game_images IN {images} MODE;
                    PERFORM set_config('lock_timeout', patience, true);
                    RETURN;
                EXCEPTION WHEN lock_not_available THEN
                    IF clock_timestamp() >= deadline THEN
                        RAISE;
                    END IF;
                END;
                PERFORM pg_sleep(0.01);
            END LOOP;
        END
        $lock$;
        """);

    /// <param name="version">
    /// The oldest version whose programs work with this schema; null when no program of another version does.
    /// </param>
    protected void SetOldestCompatible(int? version) => Execute.Sql(
        $"COMMENT ON TABLE {SchemaHistory.Table} IS {(version is null ? "NULL" : $"'{SchemaVersions.OldestCompatible} {version}'")};");
}
