using System.Diagnostics;
using GameImages.Infrastructure.Schema;
using GameImages.Testing;
using static GameImages.Migrator.Tests.CommandLine;

namespace GameImages.Migrator.Tests.Schema;

/// <summary>gameimages up that is ended in the middle of moving 2,000 pictures of 20,000 games.</summary>
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
    public ValueTask Drop_it() => database.DisposeAsync();

    [Test]
    public async Task A_kill_at_any_moment_leaves_the_old_version_whole_and_up_succeeds_after_it()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        TestContext.Out.WriteLine($"Seed {seed}");

        for (var kill = 0; kill < Kills; kill++)
        {
            // At the end the process might be through with it before the kill arrives.
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
    public async Task Ctrl_C_is_130_and_one_line_and_leaves_the_old_version_whole()
    {
        var up = await StartUpAsync(0.5);
        Interrupt(up);
        var (exitCode, output, error) = await EndOfAsync(up);

        Assert.That((exitCode, output), Is.EqualTo((130, "")), error);
        Assert.That(error.WithoutProgress(), Is.EqualTo("gameimages: Interrupted; what was not finished is undone."));
        await AssertNothingMovedAsync();
    }

    [Test]
    public async Task A_connection_that_ends_is_3_and_one_line_and_leaves_the_old_version_whole()
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

    /// <returns>The process, as soon as it has stored this share of the pictures.</returns>
    private async Task<Process> StartUpAsync(double share)
    {
        // Nobody else writes to this database, so that its files tell how far the transaction is.
        const string size = "SELECT pg_database_size(current_database())";
        var enough = await database.SingleAsync<long>(size) + (long)(share * Distinct.Sum(picture => picture.Bytes.Length));
        var up = Start(Environment(database), "up");

        while (await database.SingleAsync<long>(size) <= enough)
            Assert.That(up.HasExited, Is.False);

        return up;
    }
}
