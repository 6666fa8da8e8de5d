using System.Diagnostics;
using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Report;
using GameImages.Benchmarks.Servers;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks.Cases;

/// <summary>Measures the service while the worker makes variants of many images, on the same core.</summary>
/// <param name="workerFolder">The folder that the worker was published to.</param>
internal sealed class BacklogCase(RunningServers servers, Wrk wrk, string workerFolder)
{
    public const string Name = "GET hot 4 KiB beside a backlog of 10,000 images";

    private const int Images = 10_000;
    private const int Connections = 16;

    public IEnumerable<Case> All => [new(Name, PrepareAsync)];

    private async Task<Contender[]> PrepareAsync(CancellationToken ct)
    {
        await servers.Images.CreateAsync(new(Sizes.Backlog), Images, ct);
        var alone = servers.Service with { Name = Side.Alone };
        return [new(servers.Service, RunBesideWorkerAsync), new(alone, (seconds, stop) => RunAsync(alone, seconds, stop))];
    }

    private Task<Sample> RunAsync(Side side, int seconds, CancellationToken ct)
    {
        var requests = Requests.One(StatusCodes.Status200OK, "GET", servers.Small);
        return side.MeasureAsync(() => wrk.RunAsync(side.Address!, requests, Connections, seconds, ct));
    }

    private async Task<Sample> RunBesideWorkerAsync(int seconds, CancellationToken ct)
    {
        await using var worker = VariantServer.Start(workerFolder, servers.Database);
        await worker.AddressAsync(ct);
        var before = await CountDoneAsync(ct);
        var clock = Stopwatch.StartNew();
        var sample = await RunAsync(servers.Service, seconds, ct);
        var done = await CountDoneAsync(ct) - before;

        // The service uses what it can of the core, so this is the least that the worker does.
        await Console.Error.WriteLineAsync($"The worker finished {Table.Number(done / clock.Elapsed.TotalSeconds)} images a second.");
        return sample;
    }

    private async Task<int> CountDoneAsync(CancellationToken ct) =>
        (await servers.Database.QueryAsync<int>("SELECT count(variants_made_at)::int FROM game_images", ct)).Single();
}
