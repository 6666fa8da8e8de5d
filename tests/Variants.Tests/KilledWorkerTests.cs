using GameImages.Infrastructure.Schema;
using GameImages.Testing;

namespace GameImages.Variants.Tests;

/// <summary>Kills the worker at random moments. Each image must end with exactly its variants.</summary>
[Category("Process")]
public sealed class KilledWorkerTests : DatabaseTests
{
    [TestCase(12, 4)]
    [TestCase(1000, 50, Explicit = true, Reason = "It takes a quarter of an hour.")]
    public async Task Each_image_ends_with_exactly_its_variants(int images, int kills)
    {
        var random = new Random(TestContext.CurrentContext.Random.Next());
        for (var number = 0; number < images; number++)
            await WorkerImages.StoreAsync(UseCases, number);

        for (var kill = 1; kill <= kills; kill++)
        {
            using var worker = RunningWorker.Start(Database);
            await WorkerImages.WaitUntilDoneAsync(Database, left: images - images * kill / (kills + 1));

            // A random delay ends the process at a random point of the work on the next image.
            for (var moments = random.Next(0, 30000); moments > 0; moments--)
                await Task.Yield();
            await worker.KillAsync();
        }

        using (RunningWorker.Start(Database))
            await WorkerImages.WaitUntilDoneAsync(Database, TimeSpan.FromSeconds(60 + images));

        // The locks of the killed workers end when the server notices the closed connections.
        await Database.WaitUntilGoneAsync(Roles.Variants);
        Assert.That(await Database.QueryAsync<string>(WorkerImages.Incomplete), Is.Empty);
        Assert.That(await Database.SingleAsync<int>("SELECT count(*)::int FROM image_variants"), Is.EqualTo(2 * images));
    }
}
