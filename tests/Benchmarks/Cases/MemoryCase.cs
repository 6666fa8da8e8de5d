using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Setup;

namespace GameImages.Benchmarks.Cases;

/// <summary>How much more memory than when it is idle the service takes for many who read large pictures slowly.</summary>
internal sealed class MemoryCase(Arena arena, Wrk wrk)
{
    public const string Name = "500 slow clients read cold 5 MiB";

    private const int Pictures = 40;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public IEnumerable<Case> All => [new(Name, PrepareAsync)];

    private async Task<Contender[]> PrepareAsync(CancellationToken ct)
    {
        var requests = Requests.Paths(StatusCodes.Status200OK, await arena.Album.CreateAsync(new(Sizes.Huge), Pictures, ct));
        return [new(arena.Service, (seconds, stop) => RunAsync(requests, seconds, stop))];
    }

    // A service of its own, which has no memory yet from what others asked of it.
    private async Task<Sample> RunAsync(Requests requests, int seconds, CancellationToken ct)
    {
        await using var service = arena.StartService();
        var (address, processes) = (await service.AddressAsync(ct), new ProcessGroup(service.Id));

        await wrk.RunAsync(address, Requests.One(StatusCodes.Status200OK, "GET", arena.Small), connections: 16, seconds: 1, ct);
        await Task.Delay(Rest, ct);

        // Right after a peak was forgotten, it is what there is.
        processes.ForgetPeaks();
        arena.Database.Processes.ForgetPeaks();
        var (idle, databaseIdle) = (processes.PeakMiB, arena.Database.Processes.PeakMiB);
        await SlowClients.RunAsync(address, requests, 5 * TimeSpan.FromSeconds(seconds), ct);

        return new() { PeakMebibytes = processes.PeakMiB - idle, DatabasePeakMebibytes = arena.Database.Processes.PeakMiB - databaseIdle };
    }
}
