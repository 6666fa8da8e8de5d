namespace GameImages.Infrastructure.Schema;

/// <summary>
/// Moves the schema of a database between its versions. Version 0 is an empty database, and each migration makes the next version, in one
/// transaction.
/// </summary>
/// <param name="connectionString">Of the role that owns the schema.</param>
public sealed class SchemaMigrator(string connectionString)
{
    /// <summary>The version that this program works with.</summary>
    public static int LatestVersion => SchemaVersions.Latest;

    /// <returns>The SQL that moves a database from one version to another, for review or to be run by other means.</returns>
    /// <param name="idempotent">The SQL leaves out what the database has already when it runs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public static string Script(int from, int to, bool idempotent)
    {
        ThrowIfUnknown(from);
        ThrowIfUnknown(to);
        return SchemaScript.Of(from, to, idempotent);
    }

    /// <returns>The version that the database has.</returns>
    /// <exception cref="SchemaVersionException">This program does not know it.</exception>
    public async Task<int> GetVersionAsync(CancellationToken ct)
    {
        await using var connection = await OwnerConnection.OpenAsync(connectionString, ct);
        return (await SchemaHistory.ReadAsync(connection, ct)).Version;
    }

    /// <returns>Every version that this program knows, the first one first.</returns>
    /// <exception cref="SchemaVersionException">The database has another.</exception>
    public async Task<IReadOnlyList<SchemaVersion>> ListAsync(CancellationToken ct)
    {
        var version = await GetVersionAsync(ct);
        return [.. SchemaVersions.Names.Select((name, place) => new SchemaVersion(place + 1, name, place < version))];
    }

    /// <returns>The steps that a move to a version would take, and what each would do to what is in the database now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    public async Task<IReadOnlyList<SchemaStep>> PlanAsync(int to, CancellationToken ct)
    {
        ThrowIfUnknown(to);
        await using var connection = await OwnerConnection.OpenAloneAsync(connectionString, ct);
        var version = (await SchemaHistory.ReadAsync(connection, ct)).Version;
        await using var rolledBack = await connection.BeginTransactionAsync(ct);

        // Forced row security hides the games from their owner as well. Other sessions never see it lifted, because the transaction is
        // rolled back, but they wait for it when they need games.
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

    /// <returns>The images that stop the move from version 1 to 2; none when the database has another version.</returns>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    public async Task<IReadOnlyList<UnusablePicture>> FindUnusablePicturesAsync(CancellationToken ct)
    {
        await using var connection = await OwnerConnection.OpenAloneAsync(connectionString, ct);
        return (await SchemaHistory.ReadAsync(connection, ct)).Version == 1
            ? await connection.QueryAsync<UnusablePicture>(new(LegacyPictures.SelectUnusable, cancellationToken: ct))
            : [];
    }

    /// <summary>
    /// Moves the schema up or down to a version, and takes over the history of an earlier build. It changes nothing else of a database
    /// that has the version already. Of two moves at once, one waits.
    /// </summary>
    /// <param name="skipped">Images without a usable type that are left out; another one fails the move.</param>
    /// <param name="progress">Receives the progress of the move between versions 1 and 2.</param>
    /// <param name="plannedFrom">The version of a plan: no step is taken that was not in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    /// <exception cref="StalePlanException">Another program has moved the schema since the plan was made.</exception>
    /// <returns>Whether the history of an earlier build was taken over.</returns>
    public async Task<bool> MigrateAsync(
        int to, CancellationToken ct, IReadOnlyCollection<UnusablePicture>? skipped = null, IProgress<MoveProgress>? progress = null,
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

        var places = string.Join(',', (skipped ?? []).Select(picture => $"{picture.GameId}/{picture.Slot}"));
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
