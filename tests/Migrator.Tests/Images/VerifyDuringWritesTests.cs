using System.Diagnostics;
using GameImages.Testing;

namespace GameImages.Migrator.Tests.Images;

public sealed class VerifyDuringWritesTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    [Test]
    public async Task During_a_minute_of_writes_no_problem_is_found_and_no_write_waits()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var storm = new Storm(database);
        var started = Stopwatch.GetTimestamp();
        var verifications = 0;

        while (Stopwatch.GetElapsedTime(started) < Duration)
        {
            // Starting a new process takes long enough for concurrent writes.
            var before = storm.Writes;
            var (exitCode, output, error) = await CommandLine.EndOfAsync(CommandLine.Start(CommandLine.Environment(database), "verify"));

            Assert.That(exitCode, Is.Zero, $"{output}\n{error}");
            Assert.That(storm.Writes, Is.GreaterThan(before));
            verifications++;
        }

        await storm.StopAsync(database);
        Assert.That(await database.FindInconsistenciesAsync(), Is.Empty);
        TestContext.Out.WriteLine($"{verifications} verifications during {storm.Writes} writes.");
    }
}
