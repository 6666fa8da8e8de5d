using GameImages.Infrastructure.Database;
namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Moves the schema of a database between its versions. Version 0 is an empty database, and each migration makes the next version, in one
/// transaction.
/// </summary>
/// <param name="connectionString">It connects as the owner of the schema.</param>
public sealed class SchemaMigrator(string connectionString)
{
    /// <summary>The version that this program works with.</summary>
    public static int LatestVersion => SchemaVersions.Latest;

    /// <returns>The SQL that moves a database from one version to another, for review or for another tool.</returns>
    /// <param name="idempotent">Whether the SQL skips the versions that the database already has when it runs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public static string Script(int from, int to, bool idempotent)
    {
        ThrowIfUnknown(from);
        ThrowIfUnknown(to);
        return SchemaScript.Of(from, to, idempotent);
    }

    /// <returns>The schema version of the database.</returns>
    /// <exception cref="SchemaVersionException">This program does not know it.</exception>
    public async Task<int> GetVersionAsync(CancellationToken ct)
    {
        await using var connection = await OwnerConnection.OpenAsync(connectionString, ct);
        return (await SchemaHistory.ReadAsync(connection, ct)).Version;
    }

    /// <returns>All versions that this program knows, in order.</returns>
    /// <exception cref="SchemaVersionException">The database has another.</exception>
    public async Task<IReadOnlyList<SchemaVersion>> ListAsync(CancellationToken ct)
    {
        var version = await GetVersionAsync(ct);
        return [.. SchemaVersions.Names.Select((name, place) => new SchemaVersion(place + 1, name, place < version))];
    }

    /// <returns>The steps to a version, and the effect of each on the data that the database has now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    public async Task<IReadOnlyList<SchemaStep>> PlanAsync(int to, CancellationToken ct)
    {
        ThrowIfUnknown(to);
        await using var connection = await OwnerConnection.OpenAloneAsync(connectionString, ct);
        var version = (await SchemaHistory.ReadAsync(connection, ct)).Version;
        await using var rolledBack = await connection.BeginTransactionAsync(ct);

        // Forced row-level security hides the games even from their owner. Other sessions never see it lifted, because the transaction is
        // rolled back. A session that needs games waits until then.
        if (to < version)
        {
            await connection.ExecuteAsync(new(
                "SET LOCAL lock_timeout = '5s'; ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY", cancellationToken: ct));
        }

        var migrations = SchemaMigration.CreateAll();
        var steps = new List<SchemaStep>();
        for (var at = version; at < to; at++)
            steps.Add(SchemaStep.Of(at, at + 1, await migrations[at].DescribeUpAsync(connection, version, ct)));
        for (var at = version; at > to; at--)
            steps.Add(SchemaStep.Of(at, at - 1, await migrations[at - 1].DescribeDownAsync(connection, version, ct)));
        return steps;
    }

    /// <returns>The images that stop the migration from version 1 to 2; none when the database has another version.</returns>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    public async Task<IReadOnlyList<UnusableImage>> FindUnusableImagesAsync(CancellationToken ct)
    {
        await using var connection = await OwnerConnection.OpenAloneAsync(connectionString, ct);
        return (await SchemaHistory.ReadAsync(connection, ct)).Version == 1
            ? await connection.QueryAsync<UnusableImage>(new(LegacyImages.SelectUnusable, cancellationToken: ct))
            : [];
    }

    /// <summary>
    /// Moves the schema up or down to a version, and takes over the history of an earlier build. It changes nothing else of a database
    /// that has the version already. A second migration at the same time waits for the first one.
    /// </summary>
    /// <param name="skipped">Images without a usable type that are left out. Another such image makes the migration fail.</param>
    /// <param name="progress">Receives the progress of moving images between versions 1 and 2.</param>
    /// <param name="plannedFrom">The version that the database had when the steps were planned. No other step is taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    /// <exception cref="StalePlanException">Another program has moved the schema since the plan was made.</exception>
    /// <returns>Whether the history of an earlier build was taken over.</returns>
    public async Task<bool> MigrateAsync(
        int to, CancellationToken ct, IReadOnlyCollection<UnusableImage>? skipped = null, IProgress<MoveProgress>? progress = null,
        int? plannedFrom = null)
    {
        ThrowIfUnknown(to);
        await using var connection = await OwnerConnection.OpenAloneAsync(connectionString, ct);
        connection.Notice += (_, sent) =>
        {
            if (MoveProgress.Of(sent.Notice) is { } moved)
                progress?.Report(moved);
        };

        var (version, isLegacy) = await SchemaHistory.ReadAsync(connection, ct);
        if (plannedFrom is { } planned && (version < Math.Min(planned, to) || version > Math.Max(planned, to)))
        {
            throw new StalePlanException(planned, version, to);
        }

        if (version == to && !isLegacy)
            return false;

        var places = string.Join(',', (skipped ?? []).Select(image => $"{image.GameId}/{image.Slot}"));
        await connection.ExecuteAsync(new(
            "SELECT set_config(@name, @places, false)", new { name = V0002_MigrateImagesToSeparateTable.SkipUnusable, places },
            cancellationToken: ct));
        await connection.ExecuteAsync(new(SchemaHistoryTable.Prepare, cancellationToken: ct));
        await Task.Run(() => MigrationEngine.Run<SchemaProcessor>(version, to, connection, ct), ct);
        return isLegacy;
    }

    private static void ThrowIfUnknown(int version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, LatestVersion);
    }
}
