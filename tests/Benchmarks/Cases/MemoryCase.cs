using GameImages.Benchmarks.Load;
using GameImages.Benchmarks.Measure;
using GameImages.Benchmarks.Setup;
using GameImages.Testing.Servers;

namespace GameImages.Benchmarks.Cases;

/// <summary>Measures the memory that the service needs for many slow clients that read large images, above its idle memory.</summary>
internal sealed class MemoryCase(RunningServers servers, Wrk wrk)
{
    public const string Name = "500 slow clients read cold 5 MiB";

    private const int Count = 40;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public IEnumerable<Case> All => [new(Name, PrepareAsync)];

    private async Task<Contender[]> PrepareAsync(CancellationToken ct)
    {
        var requests = Requests.Paths(StatusCodes.Status200OK, await servers.Images.CreateAsync(new(Sizes.Huge), Count, ct));
        return [new(servers.Service, (seconds, stop) => RunAsync(requests, seconds, stop))];
    }

    // Each measurement starts a new service, because earlier requests leave memory in use.
    private async Task<Sample> RunAsync(Requests requests, int seconds, CancellationToken ct)
    {
        await using var service = servers.StartService();
        var address = await service.AddressAsync(ct);
        var processes = new ProcessGroup(service.Id);

        await wrk.RunAsync(address, Requests.One(StatusCodes.Status200OK, "GET", servers.Small), connections: 16, seconds: 1, ct);
        await Task.Delay(Rest, ct);

        // Directly after the reset, the peak equals the current memory.
        processes.ResetPeaks();
        servers.Database.Processes.ResetPeaks();
        var idle = processes.PeakMiB;
        var databaseIdle = servers.Database.Processes.PeakMiB;
        await SlowClients.RunAsync(address, requests, 5 * TimeSpan.FromSeconds(seconds), ct);

        return new()
        {
            PeakMebibytes = processes.PeakMiB - idle,
            DatabasePeakMebibytes = servers.Database.Processes.PeakMiB - databaseIdle,
        };
    }
}
