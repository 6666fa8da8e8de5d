using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GameImages.Infrastructure.Schema;

/// <summary>Moves the schema of a database between its versions: 0 is empty, and each migration makes the next one, in one transaction.</summary>
/// <param name="connectionString">Of the role that owns the schema.</param>
public sealed class SchemaMigrator(string connectionString)
{
    /// <summary>The version that this program works with.</summary>
    public static int LatestVersion => SchemaVersions.Names.Count;

    /// <returns>The SQL that moves a database from one version to another, for review or to be run by other means.</returns>
    /// <param name="idempotent">The SQL looks what the database has already, and leaves that out.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public static string Script(int from, int to, bool idempotent)
    {
        using var context = new SchemaContext("");
        var options = idempotent ? MigrationsSqlGenerationOptions.Idempotent : MigrationsSqlGenerationOptions.Default;
        return context.Migrator.GenerateScript(Target(from), Target(to), options);
    }

    /// <returns>The version that the database has.</returns>
    /// <exception cref="SchemaVersionException">This program does not know it.</exception>
    public async Task<int> GetVersionAsync(CancellationToken ct)
    {
        await using var context = await SchemaContext.OpenAsync(connectionString, ct);
        return await SchemaVersions.ReadAsync(context.Connection, ct);
    }

    /// <returns>Every version that this program knows, the first one first.</returns>
    /// <exception cref="SchemaVersionException">The database has another.</exception>
    public async Task<IReadOnlyList<SchemaVersion>> ListAsync(CancellationToken ct)
    {
        var version = await GetVersionAsync(ct);
        return [.. SchemaVersions.Names.Select((name, place) => new SchemaVersion(place + 1, name.Split('_', 2)[1], place < version))];
    }

    /// <returns>The steps that a move to a version would take, and what each would do to what is in the database now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    public async Task<IReadOnlyList<SchemaStep>> PlanAsync(int to, CancellationToken ct)
    {
        ThrowIfUnknown(to);
        await using var context = await SchemaContext.OpenAsync(connectionString, ct, alone: true);
        var version = await SchemaVersions.ReadAsync(context.Connection, ct);
        await using var rolledBack = await context.Database.BeginTransactionAsync(ct);

        // Forced row security hides the games from their owner as well. Nobody else sees it lifted, but whoever wants a game waits meanwhile.
        if (to < version)
            await context.Database.ExecuteSqlRawAsync("SET LOCAL lock_timeout = '5s'; ALTER TABLE game_sessions NO FORCE ROW LEVEL SECURITY", ct);

        var steps = new List<SchemaStep>();
        for (var at = version; at < to; at++)
            steps.Add(SchemaStep.Of(at, at + 1, await context.Migration(at + 1).DescribeUpAsync(context.Connection, version, ct)));
        for (var at = version; at > to; at--)
            steps.Add(SchemaStep.Of(at, at - 1, await context.Migration(at).DescribeDownAsync(context.Connection, version, ct)));
        return steps;
    }

    /// <returns>The pictures that stop the move from version 1 to 2; none when the database has another version.</returns>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    public async Task<IReadOnlyList<UnusablePicture>> FindUnusablePicturesAsync(CancellationToken ct)
    {
        await using var context = await SchemaContext.OpenAsync(connectionString, ct, alone: true);
        return await SchemaVersions.ReadAsync(context.Connection, ct) == 1
            ? [.. await context.Connection.QueryAsync<UnusablePicture>(new(LegacyPictures.SelectUnusable, cancellationToken: ct))]
            : [];
    }

    /// <summary>Moves the schema up or down to a version; one that it has already changes nothing. Of two at once, one waits.</summary>
    /// <param name="skipped">Pictures without a usable type that are left out; another one fails the move.</param>
    /// <param name="progress">Hears of the move between versions 1 and 2.</param>
    /// <param name="plannedFrom">The version of a plan: no step is taken that was not in it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    /// <exception cref="SchemaVersionException">The database has one that this program does not know.</exception>
    /// <exception cref="RefusedException">The database has left the way that was planned.</exception>
    public async Task MigrateAsync(int to, CancellationToken ct, IReadOnlyCollection<UnusablePicture>? skipped = null, IProgress<MoveProgress>? progress = null, int? plannedFrom = null)
    {
        var target = Target(to);
        await using var context = await SchemaContext.OpenAsync(connectionString, ct, alone: true);
        context.Connection.Notice += (_, sent) =>
        {
            if (MoveProgress.Of(sent.Notice) is { } moved)
                progress?.Report(moved);
        };

        var version = await SchemaVersions.ReadAsync(context.Connection, ct);
        if (plannedFrom is { } planned && (version < Math.Min(planned, to) || version > Math.Max(planned, to)))
            throw new RefusedException($"The schema has version {version} by now, and not {planned} as when the move to {to} was planned. Nothing was changed.");

        var places = string.Join(',', (skipped ?? []).Select(picture => $"{picture.GameId}/{picture.Slot}"));
        await context.Database.ExecuteSqlAsync($"SELECT set_config({V0002_MigrateImagesToSeparateTable.SkipUnusable}, {places}, false)", ct);
        await context.Migrator.MigrateAsync(target, ct);
    }

    private static void ThrowIfUnknown(int version)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, LatestVersion);
    }

    // What EF Core calls the version.
    private static string Target(int version)
    {
        ThrowIfUnknown(version);
        return version == 0 ? Migration.InitialDatabase : SchemaVersions.Names[version - 1];
    }
}
