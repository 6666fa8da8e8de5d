using GameImages.Testing;

namespace GameImages.Variants.Tests;

/// <summary>The worker as its own process.</summary>
[Category("Process")]
public sealed class WorkerProcessTests : DatabaseTests
{
    [Test]
    public async Task A_new_image_gets_its_variants_long_before_the_interval_ends()
    {
        await WorkerImages.StoreAsync(UseCases, 1);
        using var worker = RunningWorker.Start(Database);
        await WorkerImages.WaitUntilDoneAsync(Database);

        // The worker waits for 30 seconds now, unless the database notifies it.
        await WorkerImages.StoreAsync(UseCases, 2);
        await WorkerImages.WaitUntilDoneAsync(Database, TimeSpan.FromSeconds(20));
        Assert.That(await Database.QueryAsync<string>(WorkerImages.Incomplete), Is.Empty, worker.Log);
    }

    [Test]
    public async Task A_worker_without_libvips_stops_and_says_so()
    {
        await WorkerImages.StoreAsync(UseCases, 1);
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, folder.File(Path.GetFileName(file)));

        using var worker = RunningWorker.Start(Database, folder.Path);
        var exitCode = await worker.WaitForExitAsync();

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(worker.Log, Does.Contain("The worker stops, because it cannot decode images. libvips does not load"));
        });
        Assert.That(await Database.SingleAsync<int>("SELECT count(*)::int FROM images_without_variants"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_environment_of_the_worker_is_hidden_from_its_user()
    {
        using var worker = RunningWorker.StartUnprivileged(Database);
        await WaitUntilStartedAsync(worker);

        using var http = new HttpClient();
        Assert.That((await http.GetAsync($"{worker.Address}/health/ready")).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK));

        // The kernel gives the files of a process that hides itself to root (proc(5), PR_SET_DUMPABLE), so no other user can read them.
        Assert.That(Processes.ShowsItsEnvironment(worker.Id), Is.False);
    }

    [Test]
    public async Task All_threads_of_the_worker_have_a_low_priority()
    {
        const int nice = 18;
        using var worker = RunningWorker.Start(Database);
        await WaitUntilStartedAsync(worker);

        // The name of a thread, which is in parentheses, may contain spaces (proc(5)).
        var priorities = Directory.GetDirectories($"/proc/{worker.Id}/task")
            .Select(thread => File.ReadAllText($"{thread}/stat"))
            .Select(stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[nice - 2])
            .ToList();
        Assert.That(priorities, Has.Count.GreaterThan(5).And.All.EqualTo("10"));
    }

    private static async Task WaitUntilStartedAsync(RunningWorker worker)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!worker.Log.Contains("Application started", StringComparison.Ordinal))
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
