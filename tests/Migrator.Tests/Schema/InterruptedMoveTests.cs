using System.Diagnostics;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Schema;

/// <summary>gameimages up that is interrupted while it moves 2,000 images of 20,000 games.</summary>
public sealed class InterruptedMoveTests
{
    private const int Kills = 10;

    private static readonly (byte[] Bytes, string MimeType)[] Distinct =
    [
        .. Enumerable.Range(0, 2000).Select(number => (Pictures.Png(number, 4000), "image/png")),
    ];

    private TestDatabase database = null!;
    private LegacyGames games = null!;
    private List<string> before = null!;

    [SetUp]
    public async Task Create_a_database_of_version_1()
    {
        database = await TestDatabase.CreateAsync(schemaVersion: 1);
        games = new LegacyGames(database);
        await games.InsertAsync(20_000, Distinct);
        before = await games.ReadAsync();
    }

    [TearDown]
    public ValueTask Drop_the_database() => database.DisposeAsync();

    [Test]
    public async Task A_killed_move_changes_nothing_and_the_next_one_succeeds()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Out.WriteLine($"Seed {seed}");

        for (var kill = 0; kill < Kills; kill++)
        {
            // Near its end, the move could finish before the kill arrives.
            var share = 0.9 * (kill + random.NextDouble()) / Kills;
            using var up = await StartUpAsync(share);
            up.Kill();
            await up.WaitForExitAsync();

            Assert.That(up.ExitCode, Is.EqualTo(137));
            await AssertNothingMovedAsync();
        }

        Assert.That((await RunAsync(database, "up")).ExitCode, Is.Zero);
        Assert.That(await games.ReadMovedAsync(), Is.EqualTo(before));
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
    }

    [Test]
    public async Task Ctrl_C_returns_130_and_changes_nothing()
    {
        var up = await StartUpAsync(0.5);
        Interrupt(up);
        var (exitCode, output, error) = await EndOfAsync(up);

        Assert.That((exitCode, output), Is.EqualTo((130, "")), error);
        Assert.That(error.WithoutProgress(), Is.EqualTo("gameimages: Interrupted. Changes that were not complete have been undone."));
        await AssertNothingMovedAsync();
    }

    [Test]
    public async Task A_lost_connection_returns_3_and_changes_nothing()
    {
        var up = await StartUpAsync(0.5);
        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'gameimages_owner'");
        var (exitCode, output, error) = await EndOfAsync(up);

        Assert.That((exitCode, output), Is.EqualTo((3, "")), error);
        Assert.That(error.WithoutProgress().Split('\n'), Has.Length.EqualTo(1).And.All.StartWith("gameimages: terminating connection"));
        await AssertNothingMovedAsync();
    }

    private async Task AssertNothingMovedAsync()
    {
        Assert.That(await RunAsync(database, "status"), Is.EqualTo((0, $"Schema version 1 of {SchemaMigrator.LatestVersion}.", "")));
        Assert.That(await games.ReadAsync(), Is.EqualTo(before));
    }

    /// <returns>The process, as soon as it has stored this share of the images.</returns>
    private async Task<Process> StartUpAsync(double share)
    {
        // No other session writes to this database, so the size of its files shows the progress of the transaction.
        const string size = "SELECT pg_database_size(current_database())";
        var enough = await database.SingleAsync<long>(size) + (long)(share * Distinct.Sum(image => image.Bytes.Length));
        var up = Start(Environment(database), "up");

        while (await database.SingleAsync<long>(size) <= enough)
            Assert.That(up.HasExited, Is.False);

        return up;
    }
}
