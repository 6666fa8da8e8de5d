using System.Diagnostics;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks.Cases;

/// <summary>How long it takes from the start of the service's process until it has served a picture of a database that is there.</summary>
internal sealed class StartCase(Arena arena)
{
    public const string Name = "Start to first image";

    public IEnumerable<Case> All => [new(Name, _ => Task.FromResult<Contender[]>([new(arena.Service, RunAsync)]))];

    private async Task<Sample> RunAsync(int seconds, CancellationToken ct)
    {
        var (clock, milliseconds) = (Stopwatch.StartNew(), new List<double>());

        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var start = clock.Elapsed;
            await using var service = arena.StartService();
            using var client = new HttpClient { BaseAddress = await service.AddressAsync(ct) };
            await client.GetByteArrayAsync(arena.Small, ct);
            milliseconds.Add((clock.Elapsed - start).TotalMilliseconds);
        }

        var outcome = Outcome.Of(milliseconds, milliseconds.Count / clock.Elapsed.TotalSeconds);
        return new() { P50Milliseconds = outcome.P50Milliseconds, P99Milliseconds = outcome.P99Milliseconds };
    }
}
