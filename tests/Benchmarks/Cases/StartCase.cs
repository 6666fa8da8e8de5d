using System.Diagnostics;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks.Cases;

/// <summary>Measures the time from the start of the service's process until it has served an image from an existing database.</summary>
internal sealed class StartCase(RunningServers servers)
{
    public const string Name = "Start to first image";

    public IEnumerable<Case> All => [new(Name, _ => Task.FromResult<Contender[]>([new(servers.Service, RunAsync)]))];

    private async Task<Sample> RunAsync(int seconds, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var milliseconds = new List<double>();

        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var start = clock.Elapsed;
            await using var service = servers.StartService();
            using var client = new HttpClient { BaseAddress = await service.AddressAsync(ct) };
            await client.GetByteArrayAsync(servers.Small, ct);
            milliseconds.Add((clock.Elapsed - start).TotalMilliseconds);
        }

        var outcome = Outcome.Of(milliseconds, milliseconds.Count / clock.Elapsed.TotalSeconds);
        return new() { P50Milliseconds = outcome.P50Milliseconds, P99Milliseconds = outcome.P99Milliseconds };
    }
}
